"""Compiles random models, with --phases=2 and with --phases=1, runs them in the VM and natively at every CPU level that
this machine has, and compares every output, bit for bit, with docs/numerics.md as random_models.py follows it. Their
address spaces must be tight, too.

usage: check_bits.py OPML_COMPILE OPML_RUN OPML_CHECK_LAYOUT SEED COUNT"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import random_models

PROCESSES = 2


def run(*command):
    """What the command printed to stderr if it failed."""
    outcome = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return outcome.stderr or f"exit {outcome.returncode}" if outcome.returncode else None


def differs(exact_file, got_file):
    exact, got = np.load(exact_file), np.load(got_file)
    if (exact.dtype, exact.shape) != (got.dtype, got.shape):
        return f"{got_file}: {got.dtype}{got.shape}, expected {exact.dtype}{exact.shape}"
    if exact.tobytes() == got.tobytes():
        return None
    unequal = np.frombuffer(exact.tobytes(), np.uint8) != np.frombuffer(got.tobytes(), np.uint8)
    at = int(np.argmax(unequal)) // exact.itemsize
    return f"{got_file}: element {at} is {got.flat[at]!r}, expected {exact.flat[at]!r}"


def check(folder, opml_compile, opml_run, opml_check_layout):
    """What is wrong with one model: a list of messages."""
    messages = []
    inputs = [f"--input={file.name.split('.')[1]}={file}" for file in sorted(folder.glob("input.*.npy"))]
    for phases in (2, 1):
        image = folder / f"{phases}.opml"
        # Native code is made for half of them: it takes longer than all the rest.
        native = phases == 1 + int(folder.name) % 2
        options = [] if native else ["--no-native"]
        failed = run(opml_compile, folder / "model.onnx", "-o", image, f"--phases={phases}", *options)
        failed = failed or run(opml_check_layout, image, *inputs)
        if failed:
            messages.append(f"{folder}, {phases} phases: {failed}")
            continue
        engines = [["--engine=interp"]]
        for level in cpu_levels(opml_run, image) if native else []:
            engines.append(["--engine=native", f"--cpu={level}", f"--threads={len(engines)}"])
        for engine in engines:
            messages += check_run([opml_run, image, *engine, *inputs], folder)
    return [message for message in messages if message]


def check_run(command, folder):
    with tempfile.TemporaryDirectory() as out:
        if failed := run(*command, "-o", out):
            return [f"{' '.join(map(str, command))}: {failed}"]
        return [differs(exact, Path(out) / f"{exact.name.split('.')[1]}.npy") for exact in folder.glob("exact.*.npy")]


def cpu_levels(opml_run, image):
    """The CPU levels of this machine, which opml-run lists when asked for one that there is not."""
    message = run(opml_run, image, "--engine=native", "--cpu=none")
    return message.strip().rsplit("it has ", 1)[1].split(", ")


def main(opml_compile, opml_run, opml_check_layout, seed, count):
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(PROCESSES) as executor:
        os.environ["OPML_CACHE_DIR"] = f"{temporary}/cache"
        random_models.main(f"{temporary}/models", seed, count)
        folders = sorted(Path(temporary, "models").iterdir())
        checked = executor.map(lambda folder: check(folder, opml_compile, opml_run, opml_check_layout), folders)
        failures = [message for messages in checked for message in messages]
    for message in failures:
        print(message)
    print(f"{len(folders)} models from seed {seed}: {len(failures)} failures")
    return 1 if failures or not folders else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
