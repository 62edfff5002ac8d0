"""Each function appends a node of one operator to a graph, with operands and attributes that its opset allows."""

import numpy as np

IMAGE_SIDES = {1: 11, 2: 7, 3: 4}  # largest spatial dimension for each number of them


def relu(graph):
    types = [np.float32] + ([np.int8, np.int16, np.int32, np.int64] if graph.opset >= 14 and graph.maybe(0.2) else [])
    dtype = graph.choice(types)
    x = graph.pick(lambda v: v.dtype == dtype) or graph.source(graph.shape(graph.integer(0, 4)), dtype)
    graph.add("Relu", [x])


def identity(graph):
    graph.add("Identity", [graph.pick(lambda v: True) or graph.source(graph.shape(2))])


def add(graph):
    types = [np.float32] * 4
    types += [np.int32, np.int64, np.uint32, np.uint64] if graph.opset >= 7 and graph.maybe(0.3) else []
    types += [np.int8, np.uint8, np.int16, np.uint16] if graph.opset >= 14 and graph.maybe(0.3) else []
    dtype = graph.choice(types)
    a = graph.pick(lambda v: v.dtype == dtype) or graph.source(graph.shape(graph.integer(0, 4)), dtype)
    if graph.maybe(0.15):
        graph.add("Add", [a, a])
    elif graph.opset < 7:
        add_with_axis(graph, a, dtype)
    else:
        operands = [a, graph.source(broadcastable(graph, graph.values[a].shape), dtype)]
        graph.random.shuffle(operands)
        graph.add("Add", operands)


def add_with_axis(graph, a, dtype):
    shape = graph.values[a].shape
    axis = graph.integer(0, len(shape))
    end = graph.integer(axis, len(shape))
    b = graph.source(shape[axis:end], dtype)
    if axis == 0 and end == len(shape):
        graph.add("Add", [a, b])
    elif axis == end:
        graph.add("Add", [a, b], broadcast=1)
    else:
        graph.add("Add", [a, b], broadcast=1, axis=axis)


def broadcastable(graph, shape):
    """A shape that broadcasts with `shape`, to either side."""
    if graph.maybe():
        return shape
    other = [1 if graph.maybe(0.4) else graph.dimension(3) if size == 1 else size for size in shape]
    if graph.maybe():
        return other[graph.integer(0, len(other)) :]
    return [graph.dimension(3), *other] if len(other) < 5 and graph.maybe(0.3) else other


def matmul(graph):
    types = [np.int32, np.int64, np.uint32, np.uint64] if graph.opset >= 9 and graph.maybe(0.2) else [np.float32]
    dtype = graph.choice(types)
    fits = lambda v: v.dtype == dtype and v.ndim >= 1
    a = graph.pick(fits) or graph.source(graph.shape(graph.integer(1, 3)), dtype)
    *batch, inner = graph.values[a].shape
    if graph.maybe(0.25):
        graph.add("MatMul", [a, graph.source((inner,), dtype)])
        return
    batch = [size if graph.maybe(0.6) else 1 for size in batch[:-1]]
    if graph.maybe():
        batch = batch[graph.integer(0, len(batch)) :]
    elif graph.maybe(0.3):
        batch = [graph.dimension(2), *batch]
    graph.add("MatMul", [a, graph.source((*batch, inner, graph.dimension()), dtype)])


def gemm(graph):
    a = graph.pick(lambda v: v.dtype == np.float32 and v.ndim == 2) or graph.source(graph.shape(2, 7))
    trans_a, trans_b = graph.integer(0, 1), graph.integer(0, 1)
    rows, inner = graph.values[a].shape[:: -1 if trans_a else 1]
    columns = graph.dimension(7)
    operands = [a, graph.source((columns, inner) if trans_b else (inner, columns))]
    attributes = {"transA": trans_a} if trans_a else {}
    if trans_b or graph.maybe(0.2):
        attributes["transB"] = trans_b
    for scale in ("alpha", "beta"):
        if graph.maybe(0.4):
            attributes[scale] = float(np.float32(graph.choice([0.5, -1, 1, 0.3])))
    if graph.opset < 11 or graph.maybe(0.7):
        shapes = [(rows, columns), (columns,), (1, columns)]
        shapes += [(rows, 1), (1, 1), (1,), ()] if graph.opset >= 7 else []
        operands.append(graph.source(graph.choice(shapes)))
        if graph.opset < 7:
            attributes["broadcast"] = 1
    graph.add("Gemm", operands, **attributes)


def window(graph, spatial, is_pool):
    """A kernel shape and the other attributes of a window that fits."""
    rank = len(spatial)
    while True:
        kernel = [graph.integer(1, 3) for _ in spatial]
        strides = [graph.integer(1, 3) for _ in spatial]
        auto_pad = graph.choice(["NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"])
        if auto_pad.startswith("SAME"):
            # With gaps between the windows there is nothing to pad, and ONNX Runtime crops the input instead.
            strides = [min(stride, size) for stride, size in zip(strides, kernel)]
        # ONNX Runtime refuses dilations with SAME_UPPER and SAME_LOWER.
        dilated = (not is_pool or graph.opset >= 10) and not auto_pad.startswith("SAME") and graph.maybe(0.4)
        dilations = [graph.integer(1, 2) if dilated else 1 for _ in spatial]
        pads = [0] * (2 * rank)
        if auto_pad == "NOTSET" and graph.maybe(0.7):
            # ONNX Runtime refuses to pool with as much padding as kernel.
            pads = [graph.integer(0, size - 1 if is_pool else 2) for size in kernel * 2]
        reach = [(k - 1) * d + 1 for k, d in zip(kernel, dilations)]
        if auto_pad.startswith("SAME") or all(
            n + before + after >= r for n, before, after, r in zip(spatial, pads[:rank], pads[rank:], reach)
        ):
            break
    attributes = {"strides": strides}
    if dilated:
        attributes["dilations"] = dilations
    if any(pads) or (auto_pad == "NOTSET" and graph.maybe(0.3)):
        attributes["pads"] = pads
    if auto_pad != "NOTSET" or graph.maybe(0.2):
        attributes["auto_pad"] = auto_pad
    return kernel, attributes


def image(graph, dtype, channels):
    fits = lambda v: v.dtype == dtype and 3 <= v.ndim <= 5 and v.shape[1] and all(v.shape[2:])
    rank = graph.choice([1, 2, 2, 3])
    spatial = [graph.integer(1, IMAGE_SIDES[rank]) for _ in range(rank)]
    return graph.pick(fits) or graph.source((graph.dimension(2), graph.choice(channels), *spatial), dtype)


def conv(graph):
    x = image(graph, np.float32, [1, 2, 3, 4, 6])
    channels, *spatial = graph.values[x].shape[1:]
    kernel, attributes = window(graph, spatial, is_pool=False)
    group = graph.choice([d for d in range(1, channels + 1) if channels % d == 0]) if graph.maybe() else 1
    outputs = group * graph.integer(1, 3)
    if group > 1 or graph.maybe(0.2):
        attributes["group"] = group
    if graph.maybe():
        attributes["kernel_shape"] = kernel
    operands = [x, graph.source((outputs, channels // group, *kernel), is_weight=graph.maybe(0.9))]
    if graph.maybe():
        operands.append(graph.source((outputs,)))
    graph.add("Conv", operands, **attributes)


def zero_points(graph, operands, first, second):
    """The operands with zero points, of either or both: one number, or one for each of so many slices."""
    points = []
    for name, slices in zip(operands, (first, second)):
        shape = graph.choice([(), (1,)] + ([(slices,)] if slices else []))
        points.append(graph.source(shape, graph.values[name].dtype) if graph.maybe(0.7) else "")
    while points and not points[-1]:
        points.pop()
    return operands + points


def matmul_integer(graph):
    fits = lambda v: v.dtype in (np.int8, np.uint8) and v.ndim >= 1
    a = graph.pick(fits) or graph.source(graph.shape(graph.integer(1, 3), 20), graph.choice([np.int8, np.uint8]))
    columns = graph.dimension(40)
    rows = graph.values[a].shape[-2] if graph.values[a].ndim > 1 else None
    b = graph.source((graph.values[a].shape[-1], columns), graph.choice([np.int8, np.uint8]))
    graph.add("MatMulInteger", zero_points(graph, [a, b], rows, columns))


def conv_integer(graph):
    x = image(graph, graph.choice([np.int8, np.uint8]), [1, 2, 3, 4])
    channels, *spatial = graph.values[x].shape[1:]
    kernel, attributes = window(graph, spatial, is_pool=False)
    group = graph.choice([1, 1, channels])
    outputs = group * graph.integer(1, 3)
    if group > 1:
        attributes["group"] = group
    w = graph.source((outputs, channels // group, *kernel), graph.choice([np.int8, np.uint8]))
    graph.add("ConvInteger", zero_points(graph, [x, w], None, outputs), **attributes)


def maxpool(graph):
    dtype = graph.choice([np.int8, np.uint8]) if graph.opset >= 12 and graph.maybe(0.15) else np.float32
    x = image(graph, dtype, [1, 2, 3])
    kernel, attributes = window(graph, graph.values[x].shape[2:], is_pool=True)
    # ONNX Runtime does not leave out windows that start behind the input; here none does. And it heeds ceil_mode
    # with auto_pad VALID, for which ONNX gives the same formula with and without.
    overlapping = all(stride <= size for stride, size in zip(attributes["strides"], kernel))
    explicit = attributes.get("auto_pad", "NOTSET") == "NOTSET" and not any(attributes.get("pads", []))
    if graph.opset >= 10 and overlapping and explicit and graph.maybe(0.7):
        attributes["ceil_mode"] = 1
    graph.add("MaxPool", [x], kernel_shape=kernel, **attributes)


def reshape(graph):
    x = graph.pick(lambda v: v.size) or graph.source([graph.integer(1, 5) for _ in range(3)])
    old, left, shape = graph.values[x].shape, graph.values[x].size, []
    while left > 1 and len(shape) < 4:
        shape.append(graph.choice([d for d in range(1, left + 1) if left % d == 0]))
        left //= shape[-1]
    shape.append(left)
    shape = [0 if i < len(old) and old[i] == size and graph.maybe(0.4) else size for i, size in enumerate(shape)]
    if graph.maybe():
        shape[graph.integer(0, len(shape) - 1)] = -1
    if graph.opset < 5:
        graph.add("Reshape", [x], shape=shape)
        return
    name = graph.name("s")
    graph.values[name] = np.array(shape, np.int64)
    graph.store(name, graph.values[name])
    attributes = {"allowzero": 1} if graph.opset >= 14 and 0 not in shape and graph.maybe(0.3) else {}
    graph.add("Reshape", [x, name], **attributes)


def flatten(graph):
    fits = lambda v: v.dtype == np.float32 or graph.opset >= 9
    x = graph.pick(fits) or graph.source(graph.shape(graph.integer(0, 4)))
    rank = graph.values[x].ndim
    if rank and graph.maybe(0.3):
        graph.add("Flatten", [x])
    else:
        graph.add("Flatten", [x], axis=graph.integer(-rank if graph.opset >= 11 else 0, rank))


def transpose(graph):
    x = graph.pick(lambda v: v.dtype != bool) or graph.source(graph.shape(graph.integer(0, 4)))
    order = graph.random.permutation(graph.values[x].ndim)
    graph.add("Transpose", [x], **({} if graph.maybe(0.3) or not order.size else {"perm": order.tolist()}))


OPERATORS = [conv, conv, maxpool, gemm, matmul, add, add, relu, relu, reshape, flatten, transpose, identity]
QUANTISED = [matmul_integer, conv_integer]


def grow(graph, count):
    """Appends nodes until `count` of them compute."""
    while sum(node.op_type != "Constant" for node in graph.nodes) < count:
        graph.choice(QUANTISED if graph.opset >= 10 and graph.maybe(0.1) else OPERATORS)(graph)
