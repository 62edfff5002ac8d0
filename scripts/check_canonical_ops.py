#!/usr/bin/env python3
"""Compares the lists of canonical operations in docs/numerics.md with those that opml-verify-canonical has."""

import re
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
SECTIONS = {"linalg": "LINALG_OP", "llvm": "LLVM_OP", "native": "LANE_OP"}


def expand(span):
    """The names that `prefix.{a,b}`, or a plain `name`, stands for."""
    match = re.fullmatch(r"([\w.]+)\.\{([^}]*)\}", span, re.S)
    return {f"{match[1]}.{name.strip()}" for name in match[2].split(",")} if match else {span}


def published(section):
    """The operations of a section's bulleted lists, up to the first remark in each."""
    names = set()
    for bullet in re.findall(r"^- [^:]*:(.*?)(?=\n- |\n\n)", section, re.S | re.M):
        for span in re.findall(r"`([^`]*)`", bullet.split(";")[0]):
            names |= expand(span)
    return names


def main():
    page = (root / "docs/numerics.md").read_text()
    enforced = (root / "passes/lib/CanonicalOps.def").read_text()
    differences = []
    for level, macro in SECTIONS.items():
        section = re.search(rf"\*\*`level={level}`\*\*(.*?)(?=\*\*`level=|Not on the lists)", page, re.S)
        shown = published(section[1]) if section else set()
        listed = set(re.findall(rf'^{macro}\("([^"]*)"\)', enforced, re.M))
        differences += [f"level={level}: {name} is only in docs/numerics.md" for name in sorted(shown - listed)]
        differences += [f"level={level}: {name} is only in CanonicalOps.def" for name in sorted(listed - shown)]
    if differences:
        sys.exit("error: the lists of canonical operations differ:\n" + "\n".join(differences))


if __name__ == "__main__":
    main()
