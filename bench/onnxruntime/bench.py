"""Native code beside ONNX Runtime on the models of docs/benchmarks.md.

usage: bench.py BUILD [--threads 1,2] [--batches N] [--cpu LEVEL] [MODEL...]

BUILD is a build tree such as build/release. Models of the third-party data are looked for in OPML_TESTDATA, by default
../shared/testdata; those that are not there are left out."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SOURCE = Path(__file__).resolve().parents[2]
TESTDATA = Path(os.environ.get("OPML_TESTDATA", SOURCE.parent / "shared" / "testdata"))
MACHINE = {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()]
LIBRARY = SOURCE / f"node_modules/onnxruntime-node/bin/napi-v6/linux/{MACHINE}/libonnxruntime.so.1"


def matmul(rows, inner, columns):
    def write(folder):
        random = np.random.default_rng(1)
        b = random.standard_normal((inner, columns), np.float32) / np.float32(np.sqrt(inner))
        graph = helper.make_graph(
            [helper.make_node("MatMul", ["a", "b"], ["c"], name="matmul")],
            "matmul",
            [helper.make_tensor_value_info("a", TensorProto.FLOAT, [rows, inner])],
            [helper.make_tensor_value_info("c", TensorProto.FLOAT, [rows, columns])],
            [numpy_helper.from_array(b, "b")],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
        path = folder / f"matmul-{rows}x{inner}x{columns}.onnx"
        onnx.save(model, str(path))
        return path

    return write


def testdata(path):
    return lambda folder: TESTDATA / path


# Name: what writes or finds the model, options of opml-compile.
MODELS = {
    "super_resolution_10": (testdata("vision/super_resolution_10/model.onnx"), ["--dim", "batch_size=1"]),
    "MatMul 1024^3": (matmul(1024, 1024, 1024), []),
    "MatMul 1x4096x4096": (matmul(1, 4096, 4096), []),
    "mnist-8": (testdata("mnist/mnist-8/model.onnx"), []),
    "dnn-256x2": (testdata("mnist/dnn-256x2.onnx"), []),
}


def run(tool, *arguments):
    outcome = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True)
    if outcome.returncode:
        print(f"{tool.name}: {outcome.stderr.strip()}", file=sys.stderr)
    return outcome


def bench(build, name, folder, options):
    """True unless something went wrong."""
    write, dimensions = MODELS[name]
    model = write(folder)
    if not model.exists():
        print(f"skipped {name}: there is no {model}; see OPML_TESTDATA")
        return True
    image = folder / "model.opml"
    if run(build / "bin/opml-compile", model, "-o", image, *dimensions).returncode:
        return False
    for threads in options.threads.split(","):
        arguments = ["--library", LIBRARY, "--name", name, "--threads", threads, "--batches", options.batches]
        arguments += ["--cpu", options.cpu] if options.cpu else []
        outcome = run(build / "bin/opml-bench-onnxruntime", model, image, *arguments)
        print(outcome.stdout, end="", flush=True)
        if outcome.returncode:
            return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("models", nargs="*", metavar="MODEL")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--batches", default="11")
    parser.add_argument("--cpu", default="")
    options = parser.parse_intermixed_args()
    if unknown := set(options.models) - MODELS.keys():
        parser.error(f"unknown model {unknown.pop()}; there are: {', '.join(MODELS)}")
    if not LIBRARY.exists():
        print(f"skipped: there is no {LIBRARY}; run scripts/setup.sh")
        return 0
    print(f"{'model':<22} threads     ORT ms    opML ms  ORT/opML  + hashes %")
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["OPML_CACHE_DIR"] = f"{temporary}/cache"
        succeeded = [bench(options.build, name, Path(temporary), options) for name in options.models or MODELS]
    return 0 if all(succeeded) else 1


if __name__ == "__main__":
    sys.exit(main())
