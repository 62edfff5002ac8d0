"""The network 784-64-10: its forward pass in numpy, and its ONNX file."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

NAMES = ["hidden.weight", "hidden.bias", "scores.weight", "scores.bias"]


def forward(weights, images):
    """Hidden activations and scores of float32 [n, 784] images."""
    hidden = np.maximum(images @ weights[0].T + weights[1], 0)
    return hidden, hidden @ weights[2].T + weights[3]


def save_onnx(weights, path):
    nodes = [
        helper.make_node("Flatten", ["image"], ["pixels"], name="Flatten", axis=1),
        helper.make_node("Gemm", ["pixels", NAMES[0], NAMES[1]], ["hidden"], name="Hidden", transB=1),
        helper.make_node("Relu", ["hidden"], ["active"], name="Relu"),
        helper.make_node("Gemm", ["active", NAMES[2], NAMES[3]], ["scores"], name="Scores", transB=1),
    ]
    graph = helper.make_graph(
        nodes, "digits",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, 28, 28])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 10])],
        [numpy_helper.from_array(w.astype("<f4"), name) for w, name in zip(weights, NAMES)])
    model = helper.make_model(graph, producer_name="opml models/train.py",
                              opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def load_weights(path):
    initializers = {t.name: numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer}
    return [initializers[name] for name in NAMES]
