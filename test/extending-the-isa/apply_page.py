#!/usr/bin/env python3
"""Does to a copy of the spec what docs/extending-the-isa.md says.

usage: apply_page.py PAGE SPEC_DIR OUT_DIR

A block whose info string is `tablegen vm/isa/FILE` goes to the end of FILE, before the #endif of an include guard.
Nothing else of the project is changed, since the page says that no more is needed."""

import re
import shutil
import sys
from pathlib import Path

BLOCK = re.compile(r"^```tablegen (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def append(path, text):
    before, guard, after = path.read_text(encoding="utf-8").rpartition("\n#endif")
    if not guard:
        before, after = after, ""
    path.write_text(before + "\n" + text + guard + after, encoding="utf-8")


def main():
    page, spec, out = map(Path, sys.argv[1:])
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    if not blocks:
        sys.exit(f"error: {page}: has no block for a file of vm/isa")
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(spec, out)
    for name, text in blocks:
        if Path(name).parent != Path("vm/isa") or not (out / Path(name).name).exists():
            sys.exit(f"error: {page}: {name} is no file of the spec")
        append(out / Path(name).name, text)


main()
