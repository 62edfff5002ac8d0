// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

enum Status {
    Running,
    Halted,
    Trapped
}

/// A machine whose memory is zero but for one leaf, and whose code is padding but for one leaf.
struct Machine {
    uint32 pc;
    uint32 nextPc;
    uint32 hi;
    uint32 lo;
    uint32[32] gpr;
    Status status;
    uint8 cause;
    uint8 codeDepth;
    uint8 memDepth;
    /// The leaf around codeAddress; words are little-endian.
    bytes32 codeLeaf;
    uint32 codeAddress;
    /// The leaf around memAddress.
    bytes32 memLeaf;
    uint32 memAddress;
}

/// Packed states and witnesses by docs/architecture.md and docs/image-format.md, written independently of the VM.
library Witness {
    /// What the code tree is padded with: a reserved instruction.
    bytes32 internal constant codePad = bytes32(type(uint256).max);

    /// A running machine about to execute `word` at 0x80, in a code tree of depth 4 with a memory of depth 5 (1 KiB).
    function executing(uint32 word) internal pure returns (Machine memory m) {
        m.pc = 0x80;
        m.nextPc = 0x84;
        m.codeDepth = 4;
        m.memDepth = 5;
        m.memAddress = 0x40;
        m.codeAddress = 0x80;
        m.codeLeaf = setWord(codePad, 0x80, word);
    }

    /// `leaf` with the aligned 32-bit word around `position` replaced.
    function setWord(bytes32 leaf, uint32 position, uint32 word) internal pure returns (bytes32) {
        uint256 shift = 224 - 8 * uint256(position & 28);
        uint256 cleared = uint256(leaf) & ~(uint256(0xffffffff) << shift);
        return bytes32(cleared | (uint256(swapBytes(word)) << shift));
    }

    function swapBytes(uint32 word) internal pure returns (uint32) {
        return (word >> 24) | ((word >> 8) & 0xff00) | ((word << 8) & 0xff0000) | (word << 24);
    }

    /// The siblings of a tree in which every other leaf is `pad`, from the leaf's own sibling upwards.
    function siblings(bytes32 pad, uint256 depth) internal pure returns (bytes32[] memory result) {
        result = new bytes32[](depth);
        for (uint256 level = 0; level < depth; ++level) {
            result[level] = pad;
            pad = keccak256(abi.encodePacked(pad, pad));
        }
    }

    function root(bytes32 leaf, bytes32 pad, uint256 index, uint256 depth) internal pure returns (bytes32 node) {
        bytes32[] memory path = siblings(pad, depth);
        node = leaf;
        for (uint256 level = 0; level < depth; ++level) {
            bool isRight = (index >> level) & 1 == 1;
            node = keccak256(isRight ? abi.encodePacked(path[level], node) : abi.encodePacked(node, path[level]));
        }
    }

    function pack(Machine memory m) internal pure returns (bytes memory state) {
        state = abi.encodePacked(m.pc, m.nextPc, m.hi, m.lo);
        for (uint256 i = 1; i < 32; ++i) {
            state = abi.encodePacked(state, m.gpr[i]);
        }
        state = abi.encodePacked(
            state,
            uint8(m.status),
            m.cause,
            root(m.codeLeaf, codePad, m.codeAddress >> 5, m.codeDepth),
            m.codeDepth,
            m.memDepth,
            root(m.memLeaf, 0, m.memAddress >> 5, m.memDepth)
        );
    }

    function codeProof(Machine memory m) internal pure returns (bytes memory) {
        return abi.encodePacked(m.codeLeaf, siblings(codePad, m.codeDepth));
    }

    function memoryProof(Machine memory m) internal pure returns (bytes memory) {
        return abi.encodePacked(m.memLeaf, siblings(0, m.memDepth));
    }

    /// Calldata of a step that fetches and touches no memory.
    function fetching(Machine memory m) internal pure returns (bytes memory) {
        return abi.encodePacked(pack(m), codeProof(m));
    }

    /// Calldata of a step that reads or writes memory.
    function accessing(Machine memory m) internal pure returns (bytes memory) {
        return abi.encodePacked(pack(m), codeProof(m), memoryProof(m));
    }
}
