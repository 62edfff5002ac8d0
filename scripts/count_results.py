#!/usr/bin/env python3
"""Counts test results: prints "passed failed skipped" summed over JUnit (.xml) and TAP (.tap) files.

ctest.xml, which has one case for each program that ctest ran, counts only those programs that did not write a file
<name>.xml with their own cases beside it: one that crashed, or that is a single test.
"""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree


def count_junit(path):
    passed = failed = skipped = 0
    folder, name = os.path.split(path)
    for case in ElementTree.parse(path).iter("testcase"):
        if name == "ctest.xml" and os.path.exists(os.path.join(folder, case.get("name") + ".xml")):
            continue
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def count_tap(path):
    # node's summary: lines such as "# pass 12". A cancelled test did not do what it should.
    text = open(path, encoding="utf-8").read()
    summary = {name: int(number) for name, number in re.findall(r"^# (\w+) (\d+)$", text, re.MULTILINE)}
    return summary["pass"], summary["fail"] + summary["cancelled"], summary["skipped"]


def main(paths):
    counts = [count_tap(path) if path.endswith(".tap") else count_junit(path) for path in paths]
    print(*(sum(column) for column in zip(*counts)) if counts else (0, 0, 0))


main(sys.argv[1:])
