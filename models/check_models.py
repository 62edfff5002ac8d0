#!/usr/bin/python3
"""Tests the committed model and digits: they are what the scripts and README say."""

import os
import re
import tempfile
import unittest

import numpy as np
import onnx
from onnx import numpy_helper

import draw_digits
import mnist

HERE = os.path.dirname(os.path.abspath(__file__))


def read_digit(directory, digit):
    with open(os.path.join(directory, f"{digit}.npy"), "rb") as file:
        return file.read()


class Model:
    """Evaluates digits.onnx node by node, as the ONNX operators are defined, in
    binary64: independent of how the network was trained and exported."""

    def __init__(self, path):
        self.model = onnx.load(path)
        onnx.checker.check_model(self.model, full_check=True)

    def __call__(self, images):
        graph = self.model.graph
        values = {t.name: numpy_helper.to_array(t).astype(np.float64) for t in graph.initializer}
        values[graph.input[0].name] = images.astype(np.float64)
        for node in graph.node:
            inputs = [values[name] for name in node.input]
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type == "Flatten":
                assert attributes == {"axis": 1}
                result = inputs[0].reshape(len(inputs[0]), -1)
            elif node.op_type == "Gemm":
                assert attributes == {"transB": 1}
                result = np.einsum("nk,mk->nm", inputs[0], inputs[1]) + inputs[2]
            elif node.op_type == "Relu":
                result = np.where(inputs[0] > 0, inputs[0], 0.0)
            else:
                raise AssertionError(f"unexpected operator {node.op_type}")
            values[node.output[0]] = result
        return values[graph.output[0].name]


class CommittedFiles(unittest.TestCase):
    def setUp(self):
        self.model = Model(os.path.join(HERE, "digits.onnx"))

    def test_digits_are_what_the_script_draws(self):
        with tempfile.TemporaryDirectory() as directory:
            for digit, strokes in draw_digits.STROKES.items():
                np.save(os.path.join(directory, f"{digit}.npy"), draw_digits.draw(strokes))
                self.assertEqual(read_digit(directory, digit),
                                 read_digit(os.path.join(HERE, "digits"), digit))

    def test_digits_are_classified_right(self):
        for digit in range(10):
            image = np.load(os.path.join(HERE, "digits", f"{digit}.npy"))
            self.assertEqual((image.shape, image.dtype), ((1, 1, 28, 28), np.float32))
            self.assertEqual(self.model(image).argmax(), digit)

    def test_accuracy_is_what_the_readme_states(self):
        if not os.path.isdir(mnist.default_directory()):
            self.skipTest(f"no {mnist.default_directory()}; set OPML_TESTDATA")
        with open(os.path.join(HERE, "README.md"), encoding="utf-8") as file:
            stated = re.search(r"(\d+) of the 2,000 held-back images", file.read())
        images, labels = mnist.load(mnist.default_directory())
        scores = self.model(images[mnist.TRAINED:].reshape(-1, 1, 28, 28))
        correct = int((scores.argmax(axis=1) == labels[mnist.TRAINED:]).sum())
        self.assertEqual(correct, int(stated[1]))


if __name__ == "__main__":
    unittest.main()
