#!/usr/bin/env python3
"""Writes a model of one operator whose sizes leave remainders of every tile.

usage: tile_model.py NAME OUT.onnx
"""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def node(operator, *weights, **attributes):
    names = ["x"] + [f"w{i}" for i in range(len(weights))]
    return helper.make_node(operator, names, ["y"], **attributes), weights


# Input shape, operator, shapes of its weights, attributes. "MatMul" without weights is x times x.
MODELS = {
    "long-reduction": ([13, 5000], *node("MatMul", [5000, 40])),
    "remainders": ([15, 37], *node("MatMul", [37, 59])),
    "transposed": ([9, 20], *node("Gemm", [35, 20], [35], transB=1, alpha=0.5, beta=3.0)),
    "one-row": ([1, 300], *node("MatMul", [300, 200])),
    "one-column": ([200, 30], *node("MatMul", [30, 1])),
    "narrow": ([40, 30], *node("MatMul", [30, 5])),
    "batched": ([3, 7, 20], *node("MatMul", [3, 20, 33])),
    "square": ([23, 23], helper.make_node("MatMul", ["x", "x"], ["y"]), ()),
    "conv": ([2, 5, 13, 53], *node("Conv", [21, 5, 3, 3], [21], pads=[1, 1, 1, 1])),
    "conv-strided": ([1, 4, 20, 71], *node("Conv", [18, 4, 3, 3], strides=[3, 2], dilations=[1, 2])),
    "conv-far-apart": ([1, 3, 9, 140], *node("Conv", [17, 3, 1, 5], strides=[2, 5])),
    "conv-in-groups": ([1, 6, 9, 34], *node("Conv", [24, 3, 3, 3], group=2)),
    "conv-by-channel": ([1, 5, 10, 21], *node("Conv", [5, 1, 3, 3], [5], group=5, pads=[1, 1, 1, 1])),
    "conv-1d": ([1, 40, 77], *node("Conv", [33, 40, 4])),
    "max-pool": ([1, 3, 11, 75], *node("MaxPool", kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 1])),
    "max-pool-by-three": ([1, 3, 12, 75], *node("MaxPool", kernel_shape=[2, 4], strides=[1, 3])),
}


def main():
    name, path = sys.argv[1:]
    shape, operator, weights = MODELS[name]
    random = np.random.default_rng(0)
    graph = helper.make_graph(
        [operator], name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(random.standard_normal(size).astype("<f4"), f"w{i}") for i, size in enumerate(weights)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.save(model, path)


if __name__ == "__main__":
    main()
