// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Witness} from "../Witness.sol";
import {vm} from "../Vm.sol";
import {Proof} from "./Proof.sol";

/// A machine with all of its memory, executing the few instructions that the test programs are made of. Every step is
/// compared with the generated contract's.
struct Guest {
    uint32 pc;
    uint32 nextPc;
    uint32 hi;
    uint32 lo;
    uint32[32] gpr;
    uint8 status;
    uint8 cause;
    bytes32[] code;
    bytes32 codeRoot;
    uint8 codeDepth;
    bytes32[] memory_;
    uint8 memDepth;
}

/// Words of the MIPS manual.
library Assembly {
    function addu(uint32 rd, uint32 rs, uint32 rt) internal pure returns (uint32) {
        return rs << 21 | rt << 16 | rd << 11 | 0x21;
    }

    function addiu(uint32 rt, uint32 rs, uint16 immediate) internal pure returns (uint32) {
        return 0x09 << 26 | rs << 21 | rt << 16 | immediate;
    }

    function lw(uint32 rt, uint16 offset) internal pure returns (uint32) {
        return 0x23 << 26 | rt << 16 | offset;
    }

    function sw(uint32 rt, uint16 offset) internal pure returns (uint32) {
        return 0x2b << 26 | rt << 16 | offset;
    }

    /// To `words` instructions from the delay slot.
    function bne(uint32 rs, uint32 rt, int16 words) internal pure returns (uint32) {
        return 0x05 << 26 | rs << 21 | rt << 16 | uint16(words);
    }

    uint32 internal constant nop = 0;
    uint32 internal constant syscall = 0x0c;
    uint32 internal constant reserved = 0xffffffff;

    /// Code leaves of these words, padded as the image does.
    function leaves(uint32[] memory words) internal pure returns (bytes32[] memory code) {
        code = new bytes32[]((words.length + 7) / 8);
        for (uint256 i = 0; i < code.length; ++i) {
            code[i] = Witness.codePad;
        }
        for (uint256 i = 0; i < words.length; ++i) {
            code[i / 8] = Witness.setWord(code[i / 8], uint32(4 * i), words[i]);
        }
    }
}

library Guests {
    function word(bytes32 leaf, uint32 position) internal pure returns (uint32) {
        return Witness.swapBytes(uint32(uint256(leaf) >> (224 - 8 * uint256(position & 28))));
    }

    function pack(Guest memory g) internal pure returns (bytes memory) {
        bytes memory low = new bytes(140);
        _set(low, 0, g.pc);
        _set(low, 1, g.nextPc);
        _set(low, 2, g.hi);
        _set(low, 3, g.lo);
        for (uint256 i = 1; i < 32; ++i) {
            _set(low, 3 + i, g.gpr[i]);
        }
        bytes32 memRoot = Proof.root(g.memory_, g.memDepth);
        return abi.encodePacked(low, g.status, g.cause, g.codeRoot, g.codeDepth, g.memDepth, memRoot);
    }

    function _set(bytes memory state, uint256 index, uint32 value) private pure {
        for (uint256 i = 0; i < 4; ++i) {
            state[4 * index + i] = bytes1(uint8(value >> (24 - 8 * i)));
        }
    }

    /// What the step contract needs for the next step; requires that the step fetches.
    function witness(Guest memory g) internal pure returns (bytes memory data) {
        if (g.status != 0) return pack(g);
        uint256 leaf = g.pc >> 5;
        bytes32[][] memory code = Proof.levels(g.code, g.codeDepth, Witness.codePad);
        data = abi.encodePacked(pack(g), code[0][leaf], Proof.siblings(code, leaf));
        uint32 instruction = word(code[0][leaf], g.pc);
        uint32 opcode = instruction >> 26;
        if (opcode != 0x23 && opcode != 0x2b) return data;
        leaf = address_(g, instruction) >> 5;
        bytes32[][] memory data_ = Proof.levels(g.memory_, g.memDepth, 0);
        return abi.encodePacked(data, data_[0][leaf], Proof.siblings(data_, leaf));
    }

    function address_(Guest memory g, uint32 instruction) internal pure returns (uint32) {
        return g.gpr[instruction >> 21 & 31] + uint32(int32(int16(uint16(instruction))));
    }

    function step(Guest memory g) internal pure {
        if (g.status != 0) return;
        unchecked {
            uint32 instruction = word(g.code[g.pc >> 5], g.pc);
            (uint32 rs, uint32 rt) = (instruction >> 21 & 31, instruction >> 16 & 31);
            int32 immediate = int32(int16(uint16(instruction)));
            uint32 target = g.nextPc + 4;
            if (instruction == Assembly.reserved) {
                (g.status, g.cause) = (2, 3);
                return;
            } else if (instruction == Assembly.syscall) {
                vm.assertEq(g.gpr[2], 4001, "the test programs call exit only");
                g.status = 1;
                return;
            } else if (instruction >> 26 == 0x09) {
                g.gpr[rt] = g.gpr[rs] + uint32(immediate);
            } else if (instruction >> 26 == 0x05) {
                if (g.gpr[rs] != g.gpr[rt]) target = g.nextPc + uint32(immediate) * 4;
            } else if (instruction >> 26 == 0x23) {
                uint32 from = address_(g, instruction);
                g.gpr[rt] = word(g.memory_[from >> 5], from);
            } else if (instruction >> 26 == 0x2b) {
                uint32 to = address_(g, instruction);
                g.memory_[to >> 5] = Witness.setWord(g.memory_[to >> 5], to, g.gpr[rt]);
            } else if (instruction != Assembly.nop) {
                vm.assertEq(instruction & 0xfc0007ff, 0x21, "the test programs know no other instruction");
                g.gpr[instruction >> 11 & 31] = g.gpr[rs] + g.gpr[rt];
            }
            g.pc = g.nextPc;
            g.nextPc = target;
        }
    }

    /// So many steps.
    function run(Guest memory g, uint256 steps) internal pure {
        for (uint256 i = 0; i < steps && g.status == 0; ++i) {
            step(g);
        }
    }

    /// All states from here on, 2^bits steps; `g` is left in the last. Each step is held against the contract's.
    function trace(Guest memory g, uint256 bits, address mipsStep) internal view returns (bytes32[] memory states) {
        states = new bytes32[]((1 << bits) + 1);
        states[0] = keccak256(pack(g));
        for (uint256 i = 0; i < 1 << bits; ++i) {
            states[i + 1] = g.status != 0 ? states[i] : _checkedStep(g, states[i], mipsStep);
        }
    }

    function _checkedStep(Guest memory g, bytes32 pre, address mipsStep) private view returns (bytes32 post) {
        // What one step allocates is given up again: memory costs its square.
        uint256 free;
        assembly {
            free := mload(0x40)
        }
        (bool accepted, bytes memory hashes) = mipsStep.staticcall(witness(g));
        step(g);
        post = keccak256(pack(g));
        bool same = accepted && keccak256(hashes) == keccak256(abi.encodePacked(pre, post));
        vm.assertTrue(same, "the step contract and the tests' machine agree");
        assembly {
            mstore(0x40, free)
        }
    }
}
