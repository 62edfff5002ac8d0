#!/usr/bin/python3
"""Trains the digit classifier 784-64-10 and writes digits.onnx.

usage: train.py [--data DIR] [-o FILE] [--epochs N]

The first 8,000 images of MNIST's t10k set are trained on, each epoch under new
small affine distortions; the last 2,000 are held back. Deterministic: one
thread, a fixed seed, numpy's CPU-dependent code paths off.
"""

import os
import sys

# Both are read when numpy is imported.
os.environ["NPY_DISABLE_CPU_FEATURES"] = "FMA3 AVX2 AVX512F AVX512CD AVX512_SKX"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse

import numpy as np

import mnist
from network import forward, save_onnx

HIDDEN = 64
BATCH = 64


def distort(images, random):
    """Each 28x28 image rotated, scaled, sheared and shifted a little, bilinearly."""
    count = len(images)
    angle = random.uniform(-0.2, 0.2, count)
    scale = random.uniform(0.88, 1.15, (2, count))
    shear = random.uniform(-0.15, 0.15, count)
    shift = random.uniform(-1.8, 1.8, (2, count, 1))
    y, x = np.mgrid[0:28, 0:28].reshape(2, 1, 784) - 13.5
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    source_y = cos[0][:, None] * y + (sin[0] + shear)[:, None] * x + shift[0] + 13.5
    source_x = -sin[1][:, None] * y + cos[1][:, None] * x + shift[1] + 13.5
    # One pixel of border all round stands for everything outside.
    padded = np.pad(images.reshape(count, 28, 28), ((0, 0), (1, 1), (1, 1))).reshape(count, 900)
    source_y = np.clip(source_y + 1, 0, 28.999)
    source_x = np.clip(source_x + 1, 0, 28.999)
    top, left = source_y.astype(np.int64), source_x.astype(np.int64)
    down = (source_y - top).astype(np.float32)
    right = (source_x - left).astype(np.float32)
    corner = top * 30 + left

    def pixel(offset):
        return np.take_along_axis(padded, corner + offset, axis=1)

    return ((pixel(0) * (1 - right) + pixel(1) * right) * (1 - down)
            + (pixel(30) * (1 - right) + pixel(31) * right) * down)


def train(images, labels, epochs):
    """Adam (Kingma and Ba 2015) on the mean cross entropy, rate falling as a cosine."""
    random = np.random.Generator(np.random.PCG64(20240))
    sizes = [(HIDDEN, 784), (HIDDEN,), (10, HIDDEN), (10,)]
    weights = [random.normal(0, np.sqrt(2 / size[-1]), size).astype(np.float32)
               if len(size) == 2 else np.zeros(size, np.float32) for size in sizes]
    mean = [np.zeros_like(w) for w in weights]
    square = [np.zeros_like(w) for w in weights]
    steps = epochs * (len(images) // BATCH)
    step = 0
    for epoch in range(epochs):
        order = random.permutation(len(images))
        for first in range(0, len(images), BATCH):
            chosen = order[first:first + BATCH]
            x = distort(images[chosen], random)
            hidden, scores = forward(weights, x)
            probability = np.exp(scores - scores.max(axis=1, keepdims=True))
            probability /= probability.sum(axis=1, keepdims=True)
            probability[np.arange(len(chosen)), labels[chosen]] -= 1
            error = probability / np.float32(len(chosen))
            back = (error @ weights[2]) * (hidden > 0)
            gradient = [back.T @ x, back.sum(axis=0), error.T @ hidden, error.sum(axis=0)]
            step += 1
            rate = 0.5 * 0.002 * (1 + np.cos(np.pi * step / steps))
            rate *= np.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step)
            for i, g in enumerate(gradient):
                mean[i] += np.float32(0.1) * (g - mean[i])
                square[i] += np.float32(0.001) * (g * g - square[i])
                weights[i] -= np.float32(rate) * mean[i] / (np.sqrt(square[i]) + np.float32(1e-8))
        if sys.stderr.isatty():
            print(f"\repoch {epoch + 1}/{epochs}", end="", file=sys.stderr)
    return weights


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=mnist.default_directory(), metavar="DIR",
                        help="folder of t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz")
    parser.add_argument("-o", dest="output", default=os.path.join(here, "digits.onnx"), metavar="FILE")
    parser.add_argument("--epochs", type=int, default=120)
    arguments = parser.parse_args()
    images, labels = mnist.load(arguments.data)
    weights = train(images[:mnist.TRAINED], labels[:mnist.TRAINED], arguments.epochs)
    save_onnx(weights, arguments.output)
    for name, part in (("trained on", slice(mnist.TRAINED)), ("held back", slice(mnist.TRAINED, None))):
        correct = forward(weights, images[part])[1].argmax(axis=1) == labels[part]
        print(f"{name}: {correct.sum()} of {correct.size} right ({100 * correct.mean():.2f} %)")


if __name__ == "__main__":
    main()
