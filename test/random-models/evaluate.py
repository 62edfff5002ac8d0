"""Runs the graph of an ONNX model by numerics.py, node after node."""

import numpy as np
from onnx import helper, mapping, numpy_helper

import numerics


def attribute(proto):
    value = helper.get_attribute_value(proto)
    return value.decode() if isinstance(value, bytes) else value


def aligned(operator):
    """Before opset 7 the dimensions of b may be aligned with those of a from `axis` on."""

    def evaluated(a, b, broadcast=0, axis=None):
        if broadcast and axis is not None:
            axis += a.ndim if axis < 0 else 0
            b = b.reshape(b.shape + (1,) * (a.ndim - axis - b.ndim))
        return operator(a, b)

    return evaluated


def gemm(a, b, c=None, broadcast=1, **attributes):
    return numerics.gemm(a, b, c, **attributes)


def reshape(x, shape_input=None, shape=None, allowzero=0):
    """Before opset 5 the shape is an attribute."""
    return numerics.reshape(x, shape if shape_input is None else shape_input, allowzero)


def clip(x, low=None, high=None, min=None, max=None):
    """Before opset 11 the bounds are attributes."""
    low = np.float32(min) if min is not None else low
    return numerics.clip(x, low, np.float32(max) if max is not None else high)


def cast(x, to):
    return numerics.cast(x, mapping.TENSOR_TYPE_TO_NP_TYPE[to])


def reducing(operator):
    """The axes are an attribute or an input, by the opset."""

    def evaluated(x, axes_input=None, axes=None, **attributes):
        return operator(x, axes if axes_input is None else axes_input.tolist(), **attributes)

    return evaluated


def constant(**attributes):
    ((name, value),) = attributes.items()
    if name == "value":
        return numpy_helper.to_array(value)
    return np.array(value, np.float32 if "float" in name else np.int64)


OPERATORS = {
    "Abs": lambda x: numerics.stored(np.abs(x)),
    "Add": aligned(numerics.add),
    "And": np.logical_and,
    "Cast": cast,
    "Ceil": lambda x: numerics.stored(np.ceil(x)),
    "Clip": clip,
    "Constant": constant,
    "Conv": numerics.conv,
    "ConvInteger": numerics.conv_integer,
    "Div": aligned(numerics.div),
    "Equal": np.equal,
    "Flatten": numerics.flatten,
    "Floor": lambda x: numerics.stored(np.floor(x)),
    "Gemm": gemm,
    "Greater": np.greater,
    "GreaterOrEqual": np.greater_equal,
    "HardSigmoid": numerics.hard_sigmoid,
    "HardSwish": numerics.hard_swish,
    "Identity": lambda x: x,
    "LayerNormalization": numerics.layer_normalization,
    "LeakyRelu": numerics.leaky_relu,
    "Less": np.less,
    "LessOrEqual": np.less_equal,
    "MatMul": numerics.matmul,
    "MatMulInteger": numerics.matmul_integer,
    "Max": numerics.accumulated(numerics.maximum),
    "MaxPool": numerics.maxpool,
    "Mean": numerics.mean,
    "Min": numerics.accumulated(numerics.minimum),
    "Mul": aligned(numerics.mul),
    "Neg": lambda x: numerics.stored(-x),
    "Not": np.logical_not,
    "Or": np.logical_or,
    "PRelu": numerics.prelu,
    "Reciprocal": lambda x: numerics.stored(np.float32(1) / x),
    "ReduceL2": reducing(numerics.reduce_l2),
    "ReduceMax": reducing(numerics.reduce_max),
    "ReduceMean": reducing(numerics.reduce_mean),
    "ReduceMin": reducing(numerics.reduce_min),
    "ReduceProd": reducing(numerics.reduce_prod),
    "ReduceSum": reducing(numerics.reduce_sum),
    "ReduceSumSquare": reducing(numerics.reduce_sum_square),
    "Relu": numerics.relu,
    "Reshape": reshape,
    "Round": lambda x: numerics.stored(np.rint(x)),
    "Sign": lambda x: numerics.stored(np.sign(x)),
    "Softsign": numerics.softsign,
    "Sqrt": lambda x: numerics.stored(np.sqrt(x)),
    "Sub": aligned(numerics.sub),
    "Sum": numerics.accumulated(np.add),
    "ThresholdedRelu": numerics.thresholded_relu,
    "Transpose": numerics.transpose,
    "Where": numerics.where,
    "Xor": np.logical_xor,
}


def evaluate_node(node, values):
    attributes = {proto.name: attribute(proto) for proto in node.attribute}
    with np.errstate(all="ignore"):
        return OPERATORS[node.op_type](*[values[name] if name else None for name in node.input], **attributes)


def evaluate(model, inputs):
    """The model's outputs by name."""
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer} | inputs
    for node in model.graph.node:
        values[node.output[0]] = evaluate_node(node, values)
    return {output.name: values[output.name] for output in model.graph.output}
