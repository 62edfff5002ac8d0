"""docs/numerics.md in numpy: what each operator computes, operation by operation, to the bit."""

import functools
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


def minimum(a, b):
    """-0 is less than +0 here, too."""
    return np.minimum(a, b) if a.dtype != np.float32 else -maximum(-a, -b)


def add(a, b):
    return stored(a + b)


def sub(a, b):
    return stored(a - b)


def mul(a, b):
    return stored(a * b)


def div(a, b):
    return stored(a / b)


def relu(x):
    return stored(maximum(x, np.zeros((), x.dtype)))


def accumulated(step):
    """An operator of any number of operands: from the first on, one step for each other."""
    return lambda *operands: stored(functools.reduce(step, operands))


def mean(*operands):
    return stored(functools.reduce(np.add, operands) / np.float32(len(operands)))


def clip(x, low=None, high=None):
    x = x if low is None else maximum(x, low)
    return stored(x if high is None else minimum(x, high))


def leaky_relu(x, alpha=0.01):
    return stored(np.where(x < 0, np.float32(alpha) * x, x))


def prelu(x, slope):
    return stored(np.where(x < 0, slope * x, x))


def thresholded_relu(x, alpha=1.0):
    return stored(np.where(x > np.float32(alpha), x, np.float32(0)))


def hard_sigmoid(x, alpha=0.2, beta=0.5):
    line = np.float32(alpha) * x + np.float32(beta)
    return stored(maximum(minimum(line, np.ones_like(x)), np.zeros_like(x)))


def hard_swish(x):
    return stored(x * hard_sigmoid(x, np.float32(1) / np.float32(6)))


def softsign(x):
    return stored(x / (np.float32(1) + np.abs(x)))


def where(condition, x, y):
    return stored(np.where(condition, x, y))


def cast(x, to):
    """To integers only what is in range, or a NaN, or far out of it."""
    if x.dtype != np.float32 or to in (np.bool_, np.float32):
        return stored(x.astype(to))
    limits = np.iinfo(to)
    inside = np.trunc(np.nan_to_num(x, nan=0, posinf=3e38, neginf=-3e38).astype(np.float64))
    # As integers of Python, since not every limit is a binary64.
    exact = [min(max(int(value), limits.min), limits.max) for value in inside.reshape(-1)]
    return np.array(exact, to).reshape(x.shape)


def reduction(start, step, finish=lambda total, count: total):
    """`start` of an element type; one step for each element in row-major order; `finish` at the end."""

    def reduce(x, axes=None, keepdims=1, noop_with_empty_axes=0):
        axes = [axis % x.ndim for axis in axes] if axes is not None and len(axes) else []
        if not axes:
            axes = [] if noop_with_empty_axes else list(range(x.ndim))
        kept = [axis for axis in range(x.ndim) if axis not in axes]
        count = int(np.prod([x.shape[axis] for axis in axes], dtype=np.int64))
        elements = np.transpose(x, kept + sorted(axes)).reshape(*(x.shape[axis] for axis in kept), count)
        total = np.full(elements.shape[:-1], start(x.dtype), x.dtype)
        for k in range(count):
            total = step(total, elements[..., k])
        shape = [1 if axis in axes else n for axis, n in enumerate(x.shape) if keepdims or axis not in axes]
        return stored(np.asarray(finish(total, count), x.dtype)).reshape(shape)

    return reduce


def square_step(total, x):
    return fma(x, x, total) if x.dtype == np.float32 else total + x * x


reduce_sum = reduction(lambda dtype: 0, np.add)
reduce_mean = reduction(lambda dtype: 0, np.add, lambda total, count: total / np.float32(count))
reduce_prod = reduction(lambda dtype: 1, np.multiply)
reduce_sum_square = reduction(lambda dtype: 0, square_step)
reduce_l2 = reduction(lambda dtype: 0, square_step, lambda total, count: np.sqrt(total))
reduce_max = reduction(lambda dtype: -np.inf if dtype == np.float32 else np.iinfo(dtype).min, maximum)
reduce_min = reduction(lambda dtype: np.inf if dtype == np.float32 else np.iinfo(dtype).max, minimum)


def layer_normalization(x, scale, b=None, axis=-1, epsilon=1e-5):
    axes = list(range(axis % x.ndim, x.ndim))
    d = x - reduce_mean(x, axes)
    variance = reduce_sum_square(d, axes) / np.float32(np.prod([x.shape[axis] for axis in axes], dtype=np.int64))
    y = d * (np.float32(1) / np.sqrt(variance + np.float32(epsilon))) * scale
    return stored(y if b is None else y + b)


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
