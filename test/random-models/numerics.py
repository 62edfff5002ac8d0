"""docs/numerics.md in numpy: what each operator computes, operation by operation, to the bit."""

import itertools

import numpy as np

CANONICAL_NAN = np.uint32(0x7FC00000)


def fma(a, b, c):
    """One rounding: the product is exact in binary64, the sum is rounded to odd there, then to binary32."""
    product = a.astype(np.float64) * b.astype(np.float64)
    addend = np.broadcast_to(c, product.shape).astype(np.float64)
    total = product + addend
    virtual = total - product
    error = (product - (total - virtual)) + (addend - virtual)
    bits = np.array(total, ndmin=1).view(np.int64).reshape(total.shape)
    inexact = np.isfinite(total) & np.isfinite(error) & (error != 0) & (bits & 1 == 0)
    # Away from zero if the error has the sign of the sum, else toward it: the odd neighbour on that side.
    bits = bits + np.where(inexact, np.where((error > 0) == (total > 0), 1, -1), 0)
    return np.asarray(bits).view(np.float64).astype(np.float32)


def stored(values):
    """Rule 3: a computed NaN is the canonical one."""
    values = np.array(values, order="C")
    if values.dtype == np.float32:
        flat = values.reshape(-1).view(np.uint32)
        flat[np.isnan(values.reshape(-1))] = CANONICAL_NAN
    return values


def maximum(a, b):
    if a.dtype != np.float32:
        return np.maximum(a, b)
    a, b = np.broadcast_arrays(a, b)
    greater = np.where((a == 0) & (b == 0), np.where(np.signbit(a), b, a), np.where(a > b, a, b))
    return np.where(np.isnan(a) | np.isnan(b), np.float32(np.nan), greater).astype(np.float32)


def add(a, b):
    return stored(a + b)


def relu(x):
    return stored(maximum(x, np.zeros((), x.dtype)))


def matmul(a, b):
    if a.dtype != np.float32:
        return np.matmul(a, b)
    row, column = a.ndim == 1, b.ndim == 1
    a = a[None, :] if row else a
    b = b[:, None] if column else b
    batch = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    sums = np.zeros(batch + (a.shape[-2], b.shape[-1]), np.float32)
    for k in range(a.shape[-1]):
        sums = fma(a[..., :, k, None], b[..., k, None, :], sums)
    if row:
        sums = sums[..., 0, :]
    if column:
        sums = sums[..., 0]
    return stored(sums)


def gemm(a, b, c=None, alpha=1.0, beta=1.0, transA=0, transB=0):
    result = matmul(a.T if transA else a, b.T if transB else b)
    if alpha != 1:
        result = result * np.float32(alpha)
    if c is not None:
        result = result + (c if beta == 1 else c * np.float32(beta))
    return stored(result)


def window(spatial, kernel, strides, dilations, pads, auto_pad, ceil_mode=0):
    """Padding at the begin and output size of each spatial dimension, from the ONNX operators' specifications."""
    rank = len(kernel)
    strides, dilations, pads = strides or [1] * rank, dilations or [1] * rank, pads or [0] * 2 * rank
    begins, sizes = [], []
    for i, size in enumerate(spatial):
        reach = (kernel[i] - 1) * dilations[i] + 1
        if auto_pad.startswith("SAME"):
            output = -(-size // strides[i])
            total = max((output - 1) * strides[i] + reach - size, 0)
            begin = total // 2 if auto_pad == "SAME_UPPER" else total - total // 2
        else:
            begin = pads[i]
            travel = size + begin + pads[rank + i] - reach
            ceil = ceil_mode and auto_pad == "NOTSET"
            output = (-(-travel // strides[i]) if ceil else travel // strides[i]) + 1
            if ceil and (output - 1) * strides[i] >= size + begin:
                output -= 1
        begins.append(begin)
        sizes.append(output)
    return begins, sizes, strides, dilations


def taps(x, kernel, geometry, fill):
    """For each kernel position in row-major order, its index and the elements of x that the windows have there."""
    begins, sizes, strides, dilations = geometry
    ends = [
        max((o - 1) * s + (k - 1) * d + 1 - n - b, 0)
        for o, s, k, d, n, b in zip(sizes, strides, kernel, dilations, x.shape[2:], begins)
    ]
    x = np.pad(x, [(0, 0), (0, 0), *zip(begins, ends)], constant_values=fill)
    for position in itertools.product(*map(range, kernel)):
        starts = [p * d for p, d in zip(position, dilations)]
        index = tuple(slice(a, a + (o - 1) * s + 1 if o else a, s) for a, o, s in zip(starts, sizes, strides))
        yield position, x[(slice(None), slice(None), *index)]


def convolve(x, w, start, multiply_add, group, strides, dilations, pads, auto_pad):
    """The sums of an image's windows, over (channel, kernel position) ascending."""
    kernel = w.shape[2:]
    geometry = window(x.shape[2:], kernel, strides, dilations, pads, auto_pad)
    images, outputs, inner = x.shape[0], w.shape[0], w.shape[1]
    per_group, ones = outputs // group, (1,) * len(kernel)
    shape = (images, group, per_group, *geometry[1])
    sums = np.broadcast_to(start.reshape(1, group, per_group, *ones), shape)
    tapped = list(taps(x, kernel, geometry, x.dtype.type(0)))
    for channel in range(inner):
        for position, elements in tapped:
            elements = elements.reshape(images, group, inner, 1, *geometry[1])[:, :, channel]
            weight = w[(slice(None), channel, *position)].reshape(1, group, per_group, *ones)
            sums = multiply_add(elements, weight, sums)
    return sums.reshape(images, outputs, *geometry[1])


def conv(x, w, b=None, group=1, strides=None, dilations=None, pads=None, auto_pad="NOTSET", kernel_shape=None):
    start = np.zeros(w.shape[0], np.float32) if b is None else b
    return stored(convolve(x, w, start, fma, group, strides, dilations, pads, auto_pad))


def centred(values, zero_point, axis):
    """Quantised integers less their zero point, one number or one for each slice along the axis, in int64."""
    if zero_point is None:
        return values.astype(np.int64)
    shape = [1] * values.ndim
    if zero_point.size > 1:
        shape[axis] = -1
    return values.astype(np.int64) - zero_point.astype(np.int64).reshape(shape)


def conv_integer(
    x, w, x_zero_point=None, w_zero_point=None, group=1, strides=None, dilations=None, pads=None, auto_pad="NOTSET",
    kernel_shape=None,
):  # fmt: skip
    x, w = centred(x, x_zero_point, 1), centred(w, w_zero_point, 0)
    start = np.zeros(w.shape[0], np.int64)
    sums = convolve(x, w, start, lambda a, b, c: c + a * b, group, strides, dilations, pads, auto_pad)
    return np.array(sums.astype(np.int32), order="C")


def matmul_integer(a, b, a_zero_point=None, b_zero_point=None):
    return np.matmul(centred(a, a_zero_point, -2), centred(b, b_zero_point, -1)).astype(np.int32)


def maxpool(x, kernel_shape, strides=None, dilations=None, pads=None, auto_pad="NOTSET", ceil_mode=0, storage_order=0):
    geometry = window(x.shape[2:], kernel_shape, strides, dilations, pads, auto_pad, ceil_mode)
    least = np.float32(-np.inf) if x.dtype == np.float32 else np.iinfo(x.dtype).min
    result = np.full((*x.shape[:2], *geometry[1]), least, x.dtype)
    for _, elements in taps(x, kernel_shape, geometry, least):
        result = maximum(result, elements)
    return stored(result)


def reshape(x, shape, allowzero=0):
    shape = [x.shape[i] if n == 0 and not allowzero else int(n) for i, n in enumerate(shape)]
    if -1 in shape:
        known = int(np.prod([n for n in shape if n != -1], dtype=np.int64))
        shape[shape.index(-1)] = x.size // known
    return x.reshape(shape)


def flatten(x, axis=1):
    axis = axis + x.ndim if axis < 0 else axis
    rows = int(np.prod(x.shape[:axis], dtype=np.int64))
    columns = int(np.prod(x.shape[axis:], dtype=np.int64))
    return x.reshape(rows, columns)


def transpose(x, perm=None):
    return np.array(np.transpose(x, perm), order="C")
