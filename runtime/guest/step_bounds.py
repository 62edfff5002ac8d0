#!/usr/bin/env python3
"""Checks the machine code of the guest runtime and bounds its steps.

usage: step_bounds.py LLVM_TOOLS_DIR [-o FILE] --loop-free OBJECT... --looping OBJECT...

Every object defines one function and needs no other symbol, so that no routine
calls another; none holds a call or a trap. A loop-free routine has an acyclic control
flow graph, so that its longest path bounds its steps: FILE gets an initialiser
{"name", steps} for each.
"""

import argparse
import os
import re
import subprocess
import sys

JUMPS = re.compile(r"^(b\w+|j)$")
FORBIDDEN = re.compile(r"^(jal\w*|bal|bgezal\w*|bltzal\w*|t(eq|ne|ge|lt)\w*|syscall|break)$")


def tool(tools, name, *arguments):
    return subprocess.run([os.path.join(tools, name), *arguments], check=True,
                          capture_output=True, text=True).stdout


def disassemble(tools, path):
    """[(mnemonic, operands)], one entry a word."""
    code = []
    for line in tool(tools, "llvm-objdump", "-dr", "--no-show-raw-insn", path).splitlines():
        match = re.match(r"\s*([0-9a-f]+):\s+(\S+)\s*(.*)$", line)
        if match and not match[2].startswith("R_MIPS"):
            assert int(match[1], 16) == 4 * len(code), f"{path}: gap before {line}"
            code.append((match[2], match[3]))
    return code


def longest_path(code):
    """Instructions on the longest path from entry to a return; None if it loops."""
    def successors(index):
        mnemonic, operands = code[index]
        if mnemonic == "jr":
            return []
        if JUMPS.match(mnemonic):
            target = int(re.search(r"0x([0-9a-f]+)(?: <|$)", operands)[1], 16) // 4
            return [target] if mnemonic in ("b", "j") else [target, index + 2]
        return [index + 1]

    lengths, active = {}, set()

    def visit(index):
        if index in lengths:
            return lengths[index]
        if index in active:
            return None
        active.add(index)
        follow = [visit(successor) for successor in successors(index)]
        active.discard(index)
        if None in follow:
            return None
        delay_slot = JUMPS.match(code[index][0]) or code[index][0] == "jr"
        lengths[index] = (2 if delay_slot else 1) + max(follow, default=0)
        return lengths[index]

    sys.setrecursionlimit(10 * len(code) + 1000)
    return visit(0)


def check(tools, path, loop_free):
    """The initialiser of a sound object, "" for a looping one, None after errors."""
    problems = []
    symbols = [line.split()[-2:] for line in tool(tools, "llvm-nm", path).splitlines()]
    if [kind for kind, _ in symbols] != ["T"]:
        problems.append(f"expected one function and nothing else, found {symbols}")
    code = disassemble(tools, path)
    problems += [f"forbidden instruction {mnemonic} {operands}"
                 for mnemonic, operands in code if FORBIDDEN.match(mnemonic)]
    longest = longest_path(code)
    if (longest is not None) != loop_free:
        problems.append("has a loop" if loop_free else "has no loop: list it as loop-free")
    for problem in problems:
        print(f"error: {path}: {problem}", file=sys.stderr)
    if problems:
        return None
    return f'{{"{symbols[0][1]}", {longest}}},\n' if loop_free else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tools", metavar="LLVM_TOOLS_DIR")
    parser.add_argument("-o", dest="output", metavar="FILE")
    parser.add_argument("--loop-free", nargs="+", default=[], metavar="OBJECT")
    parser.add_argument("--looping", nargs="+", default=[], metavar="OBJECT")
    arguments = parser.parse_args()
    lines = [check(arguments.tools, path, True) for path in arguments.loop_free]
    lines += [check(arguments.tools, path, False) for path in arguments.looping]
    if None in lines:
        return 1
    if arguments.output:
        with open(arguments.output, "w", encoding="utf-8") as file:
            file.writelines(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
