"""usage: random_models.py FOLDER SEED COUNT

Writes COUNT random models, each into a folder of its own: model.onnx, its inputs as input.NAME.npy, and its outputs,
computed by docs/numerics.md, as exact.NAME.npy. A file `special` says that some values are not ordinary numbers or that tensors are empty: with these
ONNX Runtime is no reference (MaxPool passes over NaNs, a sum over nothing is not initialised)."""

import sys
from pathlib import Path

import numpy as np
import onnx

from evaluate import evaluate
from graph import Graph
from operators import grow


def write(folder, seed):
    graph = Graph(seed)
    grow(graph, graph.integer(1, 8))
    model = graph.model()
    folder.mkdir(parents=True)
    onnx.save(model, str(folder / "model.onnx"))
    for name, value in graph.inputs.items():
        np.save(folder / f"input.{name}.npy", value)
    for name, value in evaluate(model, graph.inputs).items():
        np.save(folder / f"exact.{name}.npy", value)
    if graph.special or any(value.size == 0 or not np.all(np.isfinite(value)) for value in graph.values.values()):
        (folder / "special").touch()


def main(folder, first, count):
    for seed in range(int(first), int(first) + int(count)):
        write(Path(folder) / str(seed), seed)


if __name__ == "__main__":
    main(*sys.argv[1:])
