"""Each function appends a node of one operator to a graph, with operands and attributes that its opset allows."""

import numpy as np

IMAGE_SIDES = {1: 11, 2: 7, 3: 4}  # largest spatial dimension for each number of them


def relu(graph):
    types = [np.float32] + ([np.int8, np.int16, np.int32, np.int64] if graph.opset >= 14 and graph.maybe(0.2) else [])
    dtype = graph.choice(types)
    x = graph.pick(lambda v: v.dtype == dtype) or graph.source(graph.shape(graph.integer(0, 4)), dtype)
    graph.add("Relu", [x])


def arithmetic(graph):
    operator = graph.choice(["Add", "Add", "Sub", "Mul", "Div"])
    types = [np.float32] * 4
    if operator != "Div":  # ONNX Runtime does not survive an integer divided by 0
        types += [np.int32, np.int64, np.uint32, np.uint64] if graph.opset >= 7 and graph.maybe(0.3) else []
        types += [np.int8, np.uint8, np.int16, np.uint16] if graph.opset >= 14 and graph.maybe(0.3) else []
    dtype = graph.choice(types)
    a = graph.pick(lambda v: v.dtype == dtype) or graph.source(graph.shape(graph.integer(0, 4)), dtype)
    if graph.maybe(0.15) and operator == "Add":
        graph.add("Add", [a, a])
    elif graph.opset < 7:
        with_axis(graph, operator, a, dtype)
    else:
        operands = [a, graph.source(broadcastable(graph, graph.values[a].shape), dtype)]
        if operator != "Div":
            graph.random.shuffle(operands)
        graph.add(operator, operands)


def with_axis(graph, operator, a, dtype):
    shape = graph.values[a].shape
    axis = graph.integer(0, len(shape))
    end = graph.integer(axis, len(shape))
    b = graph.source(shape[axis:end], dtype)
    if axis == 0 and end == len(shape):
        graph.add(operator, [a, b])
    elif axis == end:
        graph.add(operator, [a, b], broadcast=1)
    else:
        graph.add(operator, [a, b], broadcast=1, axis=axis)


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


def fresh(graph, shape, dtype=np.float32):
    """An operand that nothing has computed. Behind a sum in another order, as ONNX Runtime's, what jumps would."""
    name = graph.name("c")
    graph.values[name] = graph.data(tuple(shape), dtype)
    graph.inputs[name] = graph.values[name]
    return name


def function(graph):
    """A function of one operand."""
    if graph.maybe(0.2):
        graph.add("Identity", [graph.pick(lambda v: True) or graph.source(graph.shape(2))])
        return
    smooth = {"Abs": 1, "Neg": 1, "Sqrt": 1, "Reciprocal": 1, "LeakyRelu": 1, "HardSigmoid": 1, "Softsign": 1,
              "HardSwish": 14}  # fmt: skip
    jumping = {"Ceil": 1, "Floor": 1, "Round": 11, "Sign": 9, "ThresholdedRelu": 10}
    operator = graph.choice([name for name, since in (smooth | jumping).items() if graph.opset >= since])
    attributes = {}
    if operator in ("LeakyRelu", "ThresholdedRelu", "HardSigmoid") and graph.maybe(0.6):
        attributes["alpha"] = float(np.float32(graph.choice([0.1, 0.3, 1.5])))
    if operator in jumping:
        x = fresh(graph, graph.shape(graph.integer(0, 4)))
    else:
        x = graph.pick(lambda v: v.dtype == np.float32) or graph.source(graph.shape(graph.integer(0, 4)))
    graph.add(operator, [x], **attributes)


def several(graph):
    operator = graph.choice(["Min", "Max", "Sum", "Mean"])
    types = [np.float32] + ([np.int8, np.uint16, np.int32, np.uint64] if graph.opset >= 12 and "M" in operator else [])
    dtype = np.float32 if operator == "Mean" else graph.choice(types)
    x = graph.pick(lambda v: v.dtype == dtype) or graph.source(graph.shape(graph.integer(0, 4)), dtype)
    shape = graph.values[x].shape
    shapes = [shape if graph.opset < 8 else broadcastable(graph, shape) for _ in range(graph.integer(0, 2))]
    # Two that both stretch the first need not fit each other.
    graph.add(operator, [x, *(graph.source(other, dtype) for other in shapes[:1] + [shape] * len(shapes[1:]))])


def clip(graph):
    x = graph.pick(lambda v: v.dtype == np.float32) or graph.source(graph.shape(graph.integer(0, 4)))
    low, high = float(np.float32(graph.choice([-1, 0, 0.5]))), float(np.float32(graph.choice([-0.5, 0.7, 6])))
    if graph.opset < 11:
        graph.add("Clip", [x], **{name: value for name, value in (("min", low), ("max", high)) if graph.maybe(0.8)})
    else:
        bounds = [graph.source((), np.float32) if graph.maybe(0.7) else "" for _ in range(2)]
        graph.add("Clip", [x, *bounds])


def prelu(graph):
    if graph.opset < 9:
        return
    x = graph.pick(lambda v: v.dtype == np.float32) or graph.source(graph.shape(3))
    shape = graph.values[x].shape
    graph.add("PRelu", [x, graph.source([n if graph.maybe() else 1 for n in shape][graph.integer(0, len(shape)) :])])


def choice(graph):
    """A condition, from a comparison or out of nothing, and what depends on it."""
    if graph.opset < 9:
        return
    dtype = graph.choice([np.float32, np.float32, np.int32, np.int64] + [np.uint8] * (graph.opset >= 12))
    shape = graph.shape(graph.integer(0, 3))
    operators = ["Less", "Greater"] + ["Equal"] * (graph.opset >= 11)
    operators += ["LessOrEqual", "GreaterOrEqual"] if graph.opset >= 12 else []
    operands = [fresh(graph, shape, dtype), fresh(graph, broadcastable(graph, shape), dtype)]
    condition = graph.add(graph.choice(operators), operands)
    if condition and graph.maybe(0.4):
        other = fresh(graph, broadcastable(graph, graph.values[condition].shape), bool)
        condition = graph.add(graph.choice(["And", "Or", "Xor"]), [condition, other])
    if condition and graph.maybe(0.3):
        condition = graph.add("Not", [condition])
    if condition and graph.maybe(0.7):
        shape = graph.values[condition].shape
        x, y = (graph.source(shape if graph.maybe() else (), np.float32) for _ in range(2))
        graph.add("Where", [condition, x, y])
    elif condition:
        graph.add("Cast", [condition], to=graph.choice([1, 2, 6, 7]))


def cast(graph):
    if graph.opset < 9:
        return
    to = graph.choice([1, 2, 3, 4, 5, 6, 7, 9, 12, 13])
    integers = [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64]
    dtype = graph.choice([bool, np.float32, np.float32, *integers])
    # Out of range C++, and so ONNX Runtime, has no answer.
    graph.special |= dtype == np.float32 and to not in (1, 9)
    graph.add("Cast", [fresh(graph, graph.shape(graph.integer(0, 3)), dtype)], to=to)


def reduction(graph):
    operators = {"ReduceSum": 13, "ReduceMean": 18, "ReduceProd": 18, "ReduceSumSquare": 18, "ReduceL2": 18,
                 "ReduceMax": 18, "ReduceMin": 18}  # fmt: skip
    operator = graph.choice(list(operators))
    # ONNX Runtime's sums and products of integers are not modulo 2^n.
    sums = ("ReduceSum", "ReduceProd", "ReduceSumSquare") if graph.special else ()
    integers = operator in ("ReduceMax", "ReduceMin", *sums)
    dtype = graph.choice([np.int32, np.int64]) if integers and graph.maybe(0.2) else np.float32
    x = graph.pick(lambda v: v.dtype == dtype) or graph.source(graph.shape(graph.integer(0, 4)), dtype)
    rank = graph.values[x].ndim
    axes = [axis for axis in range(rank) if graph.maybe()]
    axes = [axis - rank if graph.opset >= 11 and graph.maybe() else axis for axis in axes]
    attributes = {"keepdims": graph.integer(0, 1)} if graph.maybe() else {}
    if graph.opset < operators[operator]:
        graph.add(operator, [x], **({"axes": axes} if axes else {}), **attributes)
        return
    if graph.maybe(0.3):
        attributes["noop_with_empty_axes"] = graph.integer(0, 1)
    operands = [x]
    if axes or graph.maybe():
        name = graph.name("s")
        graph.values[name] = np.array(axes, np.int64)
        graph.store(name, graph.values[name])
        operands.append(name)
    graph.add(operator, operands, **attributes)


def layer_normalization(graph):
    if graph.opset < 17:
        return
    x = graph.pick(lambda v: v.dtype == np.float32 and v.ndim) or graph.source(graph.shape(3, 7))
    shape = graph.values[x].shape
    axis = graph.integer(-len(shape), len(shape) - 1)
    operands = [x, *(graph.source(shape[axis:]) for _ in range(graph.integer(1, 2)))]
    graph.add("LayerNormalization", operands, axis=axis, **({"epsilon": 0.5} if graph.maybe(0.4) else {}))


OPERATORS = [conv, conv, maxpool, gemm, matmul, arithmetic, arithmetic, relu, relu, reshape, flatten, transpose]
MORE = [function, function, several, clip, prelu, choice, choice, cast, reduction, reduction, layer_normalization]
QUANTISED = [matmul_integer, conv_integer]


def grow(graph, count):
    """Appends nodes until `count` of them compute."""
    while sum(node.op_type != "Constant" for node in graph.nodes) < count:
        if graph.opset >= 10 and graph.maybe(0.1):
            graph.choice(QUANTISED)(graph)
        else:
            graph.choice(MORE if graph.maybe(0.35) else OPERATORS)(graph)
