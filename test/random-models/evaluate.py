"""Runs the graph of an ONNX model by numerics.py, node after node."""

import numpy as np
from onnx import helper, numpy_helper

import numerics


def attribute(proto):
    value = helper.get_attribute_value(proto)
    return value.decode() if isinstance(value, bytes) else value


def add(a, b, broadcast=0, axis=None):
    """Before opset 7 the dimensions of b may be aligned with those of a from `axis` on."""
    if broadcast and axis is not None:
        axis += a.ndim if axis < 0 else 0
        b = b.reshape(b.shape + (1,) * (a.ndim - axis - b.ndim))
    return numerics.add(a, b)


def gemm(a, b, c=None, broadcast=1, **attributes):
    return numerics.gemm(a, b, c, **attributes)


def reshape(x, shape_input=None, shape=None, allowzero=0):
    """Before opset 5 the shape is an attribute."""
    return numerics.reshape(x, shape if shape_input is None else shape_input, allowzero)


def constant(**attributes):
    ((name, value),) = attributes.items()
    if name == "value":
        return numpy_helper.to_array(value)
    return np.array(value, np.float32 if "float" in name else np.int64)


OPERATORS = {
    "Add": add,
    "Constant": constant,
    "Conv": numerics.conv,
    "ConvInteger": numerics.conv_integer,
    "Flatten": numerics.flatten,
    "Gemm": gemm,
    "Identity": lambda x: x,
    "MatMul": numerics.matmul,
    "MatMulInteger": numerics.matmul_integer,
    "MaxPool": numerics.maxpool,
    "Relu": numerics.relu,
    "Reshape": reshape,
    "Transpose": numerics.transpose,
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
