// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// The packed state of the machine that MipsStep executes, seen from a graph's node.
library MachineState {
    uint256 internal constant size = 208;

    /// The hash of the state in which a node begins: zero but for pc, nextPc, $sp and the immutable parts.
    function initialHash(
        uint32 entry,
        uint32 stackPointer,
        bytes32 codeRoot,
        uint8 codeDepth,
        uint8 memDepth,
        bytes32 memRoot
    ) internal pure returns (bytes32) {
        uint32 next;
        unchecked {
            next = entry + 4;
        }
        // hi, lo and $1 to $28; $30, $31, status and cause.
        bytes memory low = abi.encodePacked(entry, next, new bytes(120), stackPointer, bytes10(0));
        return keccak256(abi.encodePacked(low, codeRoot, codeDepth, memDepth, memRoot));
    }

    /// Whether the machine has halted with exit code 0: status 1, and all 32 bits of $a0 zero.
    function succeeded(bytes calldata state) internal pure returns (bool) {
        return state[140] == 0x01 && bytes4(state[28:32]) == 0;
    }

    function memRootOf(bytes calldata state) internal pure returns (bytes32) {
        return bytes32(state[176:208]);
    }
}
