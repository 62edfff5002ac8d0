#!/usr/bin/python3
"""Compiles digits.onnx, runs it in the VM on the ten drawn digits and compares every
bit of the scores with docs/numerics.md, followed here with the C library's fmaf.

usage: check_bits.py OPML_COMPILE OPML_RUN
"""

import ctypes
import os
import subprocess
import sys
import tempfile

import numpy as np

from network import load_weights

HERE = os.path.dirname(os.path.abspath(__file__))

fmaf = ctypes.CDLL("libm.so.6").fmaf
fmaf.restype = ctypes.c_float
fmaf.argtypes = [ctypes.c_float] * 3


def gemm(x, weight, bias):
    """alpha = beta = 1: a chain of fma from +0 in ascending k, then one addition."""
    result = np.zeros(len(weight), np.float32)
    for i, row in enumerate(weight):
        accumulator = 0.0
        for a, b in zip(x.tolist(), row.tolist()):
            accumulator = fmaf(a, b, accumulator)
        result[i] = accumulator
    return result + bias


def main():
    compile_tool, run_tool = sys.argv[1:]
    weights = load_weights(os.path.join(HERE, "digits.onnx"))
    wrong = 0
    with tempfile.TemporaryDirectory() as directory:
        image = os.path.join(directory, "digits.opml")
        subprocess.run([compile_tool, os.path.join(HERE, "digits.onnx"), "-o", image], check=True)
        for digit in range(10):
            path = os.path.join(HERE, "digits", f"{digit}.npy")
            subprocess.run([run_tool, image, "--input", path, "-o", directory], check=True,
                           stdout=subprocess.DEVNULL)
            scores = np.load(os.path.join(directory, "scores.npy")).reshape(-1)
            hidden = gemm(np.load(path).reshape(-1), weights[0], weights[1])
            expected = gemm(np.maximum(hidden, np.float32(0)), weights[2], weights[3])
            if (scores.view(np.uint32) != expected.view(np.uint32)).any():
                print(f"error: digit {digit}: {scores}, expected {expected}", file=sys.stderr)
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
