"""VM instructions for one multiply-accumulate: the steps of a whole node, all of its loops and its tail included, by
its multiply-accumulates. Steps are deterministic, so a node that takes more than its limit is an error.

usage: vm_cost.py OPML_COMPILE OPML_RUN

Models of the third-party data are looked for in OPML_TESTDATA, by default ../shared/testdata; those that are not there
are left out."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, mapping, numpy_helper, shape_inference

SOURCE = Path(__file__).resolve().parents[1]
TESTDATA = Path(os.environ.get("OPML_TESTDATA", SOURCE.parent / "shared" / "testdata"))
# The project's goals are 110 and 5.
LIMITS = {"float32": 90, "int8": 5}
SEEDED = np.random.default_rng(1)


def normal(*shape):
    return SEEDED.standard_normal(shape, np.float32)


def quantised(dtype, *shape):
    limits = np.iinfo(dtype)
    return SEEDED.integers(limits.min, limits.max, shape, dtype, endpoint=True)


def one_node(operator, x, *weights, **attributes):
    """A model of one node, whose first operand is the input, and that input."""
    names = [f"w{i}" for i in range(len(weights))]
    element = TensorProto.INT32 if "Integer" in operator else TensorProto.FLOAT
    graph = helper.make_graph(
        [helper.make_node(operator, ["x", *names], ["y"], **attributes)],
        operator,
        [helper.make_tensor_value_info("x", mapping.NP_TYPE_TO_TENSOR_TYPE[x.dtype], x.shape)],
        [helper.make_tensor_value_info("y", element, None)],
        [numpy_helper.from_array(np.asarray(weight), name) for name, weight in zip(names, weights)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7), x


def image(index):
    with gzip.open(TESTDATA / "mnist/data/t10k-images-idx3-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[index].astype(np.float32)


def models():
    """Name, model, input and the kind of its arithmetic."""
    yield "Gemm 16x256x64, normal", *one_node("Gemm", normal(16, 256), normal(256, 64), normal(64)), "float32"
    yield "Gemm 1x1024x256, normal", *one_node("Gemm", normal(1, 1024), normal(1024, 256), normal(256)), "float32"
    yield "Gemm 64x16x64, normal", *one_node("Gemm", normal(64, 16), normal(16, 64), normal(64)), "float32"
    yield "MatMul 1x512x128, normal", *one_node("MatMul", normal(1, 512), normal(512, 128)), "float32"
    dnn, mnist = TESTDATA / "mnist/dnn-256x2.onnx", TESTDATA / "mnist/mnist-8/model.onnx"
    if dnn.exists():
        for index in range(3):
            yield f"dnn-256x2, t10k image {index}", onnx.load(dnn), image(index).reshape(1, 784, 1) / 255, "float32"
    if mnist.exists():
        yield "mnist-8, t10k image 0", onnx.load(mnist), image(0).reshape(1, 1, 28, 28), "float32"
    a, b = np.uint8(113), np.int8(-5)
    yield "int8 1x256x256", *one_node("MatMulInteger", quantised("u1", 1, 256), quantised("i1", 256, 256), a, b), "int8"
    yield "int8 1x256x10", *one_node("MatMulInteger", quantised("u1", 1, 256), quantised("u1", 256, 10), a, a), "int8"
    yield "int8 16x256x64", *one_node("MatMulInteger", quantised("u1", 16, 256), quantised("i1", 256, 64), a), "int8"
    yield "int8 64x64x30", *one_node("MatMulInteger", quantised("i1", 64, 64), quantised("i1", 64, 30)), "int8"
    kernel = quantised("u1", 16, 8, 5, 5)
    pads = {"auto_pad": "SAME_UPPER"}
    yield "int8 Conv 8x14x14", *one_node("ConvInteger", quantised("u1", 1, 8, 14, 14), kernel, a, a, **pads), "int8"


def multiply_accumulates(model):
    """Of each Gemm, MatMul, Conv or their integer form, by the name of what it computes."""
    graph = shape_inference.infer_shapes(model, data_prop=True).graph
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    for info in [*graph.input, *graph.value_info, *graph.output]:
        if info.type.tensor_type.HasField("shape"):
            shapes[info.name] = tuple(max(d.dim_value, 1) for d in info.type.tensor_type.shape.dim)
    counts = {}
    for node in graph.node:
        if node.op_type.startswith("Conv"):
            counts[node.name or node.output[0]] = np.prod(shapes[node.output[0]]) * np.prod(shapes[node.input[1]][1:])
        elif node.op_type == "Gemm" or node.op_type.startswith("MatMul"):
            transposed = any(a.name == "transA" and a.i for a in node.attribute)
            inner = shapes[node.input[0]][0 if transposed else -1]
            counts[node.name or node.output[0]] = np.prod(shapes[node.output[0]]) * inner
    return counts


def run(*command):
    outcome = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if outcome.returncode:
        sys.exit(outcome.stderr)


def nodes(folder, opml_compile, opml_run, model, x):
    """The nodes of a run with what --stats says of them."""
    onnx.save(model, str(folder / "model.onnx"))
    np.save(folder / "x.npy", x)
    run(opml_compile, folder / "model.onnx", "-o", folder / "model.opml", "--no-native")
    run(opml_run, folder / "model.opml", "--input", folder / "x.npy", "--stats", folder / "stats.json", "-o", folder)
    return json.loads((folder / "stats.json").read_text())["nodes"]


def main(opml_compile, opml_run):
    over = False
    print(f"{'model':28s} {'node':20s} {'MACs':>8s} {'steps':>10s} {'a MAC':>7s}  limit")
    for name, model, x, kind in models():
        counts = multiply_accumulates(model)
        with tempfile.TemporaryDirectory() as folder:
            for node in nodes(Path(folder), opml_compile, opml_run, model, x):
                if node["name"] not in counts:
                    continue
                count = int(counts.pop(node["name"]))
                cost = node["steps"] / count
                over |= cost > LIMITS[kind]
                print(f"{name:28s} {node['name']:20s} {count:8d} {node['steps']:10d} {cost:7.2f} {LIMITS[kind]:6}")
        if counts:
            sys.exit(f"error: {name}: no node of the run is {', '.join(counts)}")
    return 1 if over else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
