#!/usr/bin/env python3
"""A second implementation of docs/image-format.md, in plain Python.

usage: image_roots.py IMAGE

Recomputes every hash of an image from its files and prints the modelRoot; exits
with a message if the manifest says anything else.
"""

import json
import struct
import sys

ELEMENT_TYPES = (
    "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 "
    "float16 bfloat16 float32 float64"
).split()
MASK = (1 << 64) - 1


def rotate(lane, count):
    return (lane << count | lane >> (64 - count)) & MASK


def permute(state):
    """Keccak-f[1600]; constants from the specification's LFSR and recurrence."""
    lfsr = 1
    for _ in range(24):
        parity = [0] * 5
        for x in range(5):
            for y in range(5):
                parity[x] ^= state[x][y]
        for x in range(5):
            theta = parity[(x + 4) % 5] ^ rotate(parity[(x + 1) % 5], 1)
            for y in range(5):
                state[x][y] ^= theta
        x, y, current = 1, 0, state[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, state[x][y] = state[x][y], rotate(current, (t + 1) * (t + 2) // 2 % 64)
        for y in range(5):
            row = [state[x][y] for x in range(5)]
            for x in range(5):
                state[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5])
        for j in range(7):
            if lfsr & 1:
                state[0][0] ^= 1 << ((1 << j) - 1)
            lfsr = (lfsr << 1) ^ ((lfsr >> 7) * 0x171)


def keccak256(data):
    rate = 136
    data = bytearray(data) + b"\x01"
    data += bytes(-len(data) % rate)
    data[-1] |= 0x80
    state = [[0] * 5 for _ in range(5)]
    for block in range(0, len(data), rate):
        for i, lane in enumerate(struct.unpack("<17Q", data[block : block + rate])):
            state[i % 5][i // 5] ^= lane
        permute(state)
    return struct.pack("<4Q", *(state[x][0] for x in range(4)))


def tree_root(data, depth, pad=0):
    data = bytes(data) + bytes([pad]) * ((32 << depth) - len(data))
    level = [data[i : i + 32] for i in range(0, len(data), 32)]
    while len(level) > 1:
        level = [keccak256(level[i] + level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


def depth_for_leaves(count):
    return max(count - 1, 0).bit_length()


def depth_for_bytes(count):
    return depth_for_leaves((count + 31) // 32)


def tag(name):
    return name.encode().ljust(32, b"\0")


def node_hash(node):
    data = tag("opml.node.v1") + struct.pack(
        ">IIBBHH", node["entry"], node["stackPointer"], node["memDepth"],
        node["stepBits"], len(node["operands"]), len(node["results"]))
    for slot in node["operands"] + node["results"]:
        data += struct.pack(">IIB", slot["value"], slot["address"], slot["depth"])
    return keccak256(data)


def port_hash(port):
    shape = port["shape"]
    data = tag("opml.port.v1") + struct.pack(
        ">IBB", port["value"], ELEMENT_TYPES.index(port["type"]), len(shape))
    return keccak256(data + b"".join(struct.pack(">Q", d) for d in shape) + port["name"].encode())


def code_of(elf):
    """The executable segments at their addresses, gaps filled with 0xff."""
    offset, = struct.unpack_from("<I", elf, 28)
    size, count = struct.unpack_from("<HH", elf, 42)
    code = bytearray()
    for i in range(count):
        kind, start, address, _, length, _, flags, _ = struct.unpack_from("<8I", elf, offset + i * size)
        if kind == 1 and flags & 1:
            code += b"\xff" * max(0, address + length - len(code))
            code[address : address + length] = elf[start : start + length]
    return code


def bytes_of(value):
    count = 1
    for dim in value["shape"]:
        count *= dim
    kind = value["type"]
    bits = 8 if kind == "bool" else int(kind.lstrip("abcdefghijklmnopqrstuvwxyz"))
    return count * bits // 8


def model_root(manifest, code_root, code_depth, context):
    nodes = b"".join(node_hash(node) for node in manifest["nodes"])
    node_bits = (depth_for_leaves(len(manifest["nodes"])) + 3) // 4 * 4
    max_slots = max((len(n["operands"]) + len(n["results"]) for n in manifest["nodes"]), default=0)
    signature = tag("opml.signature.v1") + struct.pack(
        ">HH", len(manifest["inputs"]), len(manifest["outputs"]))
    for port in manifest["inputs"] + manifest["outputs"]:
        signature += port_hash(port)
    return keccak256(
        tag("opml.model.v1") + code_root + bytes([code_depth]) + context
        + bytes([depth_for_leaves(len(manifest["values"]))])
        + tree_root(nodes, node_bits) + bytes([node_bits]) + struct.pack(">H", max_slots)
        + keccak256(signature))


def expect(what, manifest_value, recomputed):
    text = "0x" + recomputed.hex()
    if manifest_value != text:
        sys.exit(f"{what}: the manifest says {manifest_value}, recomputed {text}")


def main(path):
    with open(path + "/manifest.json", "rb") as file:
        text = file.read()
    with open(path + "/program.elf", "rb") as file:
        elf = file.read()
    with open(path + "/weights.bin", "rb") as file:
        weights = file.read()
    manifest = json.loads(text)

    leaves = b""
    for value in manifest["values"]:
        leaf = bytes(32)
        if value["kind"] == "weight":
            size = bytes_of(value)
            data = weights[value["offset"] : value["offset"] + size]
            leaf = tree_root(data, depth_for_bytes(size))
            expect("root of " + value["name"], value["root"], leaf)
        leaves += leaf
    context = tree_root(leaves, depth_for_leaves(len(manifest["values"])))
    code = code_of(elf)
    code_depth = depth_for_bytes(len(code))
    code_root = tree_root(code, code_depth, 0xFF)
    root = model_root(manifest, code_root, code_depth, context)

    expect("programHash", manifest["programHash"], keccak256(elf))
    expect("codeRoot", manifest["codeRoot"], code_root)
    expect("initialContext", manifest["initialContext"], context)
    expect("modelRoot", manifest["modelRoot"], root)
    digits = manifest["manifestHash"][2:].encode()
    expect("manifestHash", manifest["manifestHash"], keccak256(text.replace(digits, b"0" * 64)))
    print("recomputed 0x" + root.hex())


main(sys.argv[1])
