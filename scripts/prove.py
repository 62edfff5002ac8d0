#!/usr/bin/env python3
"""Runs z3 on every obligation of a script that opml-isa-gen --emit=smt wrote.

An obligation is proved if z3 answers unsat. Anything else fails: sat (refuted), unknown, an error, or no answer
within the time limit. Each obligation has its own z3 process, since z3 is slower with push and pop."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor


def read_obligations(path):
    """The definitions that all share, and a list of (name, script)."""
    with open(path, encoding="utf-8") as file:
        definitions, *chunks = file.read().split("(push 1)\n")
    obligations = []
    for chunk in chunks:
        name, script = re.fullmatch(r'\(echo "(.*)"\)\n(.*)\(pop 1\)\s*', chunk, re.DOTALL).groups()
        obligations.append((name, script))
    return definitions, obligations


def prove(script, limit):
    """z3's verdict and the seconds it took."""
    start = time.monotonic()
    z3 = subprocess.run(["z3", "-in", f"-T:{limit}"], input=script, capture_output=True, text=True, check=False)
    output = z3.stdout.strip() or z3.stderr.strip() or f"z3 ended with status {z3.returncode}"
    # After an error z3 goes on, and may well say unsat.
    return output.splitlines()[0], time.monotonic() - start


def write_junit(path, suite_name, results):
    suite = ElementTree.Element("testsuite", name=suite_name, tests=str(len(results)))
    for name, verdict, seconds in results:
        case = ElementTree.SubElement(suite, "testcase", name=name, time=f"{seconds:.3f}")
        if verdict != "unsat":
            ElementTree.SubElement(case, "failure", message=verdict)
    ElementTree.ElementTree(suite).write(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("script", help="the obligations")
    parser.add_argument("--only", default="", metavar="REGEX", help="run the obligations whose name has a match")
    parser.add_argument("--limit", type=int, default=60, metavar="SECONDS", help="time limit of each (default 60)")
    parser.add_argument("--jobs", type=int, default=2, help="z3 processes at a time (default 2)")
    parser.add_argument("--suite", default="proofs", metavar="NAME", help="name of the JUnit file (default proofs)")
    options = parser.parse_args()

    if not shutil.which("z3"):
        sys.exit("error: z3 is not installed; run scripts/setup.sh")
    try:
        definitions, obligations = read_obligations(options.script)
    except OSError as error:
        sys.exit(f"error: {options.script}: {error.strerror}; write it with opml-isa-gen --emit=smt")
    obligations = [(name, script) for name, script in obligations if re.search(options.only, name)]
    if not obligations:
        sys.exit(f"error: {options.script}: no obligation matches '{options.only}'; leave out --only to run all")
    start = time.monotonic()
    with ThreadPoolExecutor(options.jobs) as pool:
        verdicts = pool.map(lambda obligation: prove(definitions + obligation[1], options.limit), obligations)
        results = [(name, *verdict) for (name, _), verdict in zip(obligations, verdicts)]

    # Where scripts/test.sh wants GoogleTest to write results, these go beside them.
    directory = os.environ.get("GTEST_OUTPUT", "")
    if directory.startswith("xml:") and directory.endswith("/"):
        write_junit(f"{directory[len('xml:'):]}{options.suite}.xml", options.suite, results)
    failures = [(name, verdict) for name, verdict, _ in results if verdict != "unsat"]
    for name, verdict in failures:
        print(f"not proved: {name}: {'refuted' if verdict == 'sat' else verdict}")
    slowest = max(results, key=lambda result: result[2])
    print(f"{len(results) - len(failures)} of {len(results)} obligations proved in {time.monotonic() - start:.1f} s; "
          f"the slowest, {slowest[0]}, took {slowest[2]:.1f} s")
    sys.exit(1 if failures else 0)


main()
