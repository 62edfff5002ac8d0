// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Descriptor, Limits, Node} from "../../src/Descriptor.sol";
import {vm} from "../Vm.sol";

/// Which descriptors are well-formed: D1 to D6 of docs/protocol.md, at both sides of every bound.
contract DescriptorTest {
    struct Head {
        uint32 entry;
        uint32 stackPointer;
        uint8 memDepth;
        uint8 stepBits;
        uint16 operands;
        uint16 results;
    }

    function read(bytes calldata descriptor) external pure returns (bool wellFormed) {
        (wellFormed,) = Descriptor.read(descriptor, Limits(4, 6, 272));
    }

    function head() private pure returns (Head memory) {
        return Head(0x10, 0x40, 8, 8, 1, 1);
    }

    function pack(Head memory h) private pure returns (bytes memory) {
        return abi.encodePacked(h.entry, h.stackPointer, h.memDepth, h.stepBits, h.operands, h.results);
    }

    function slot(uint32 value, uint32 address_, uint8 depth) private pure returns (bytes memory) {
        return abi.encodePacked(value, address_, depth);
    }

    function goodSlots() private pure returns (bytes memory) {
        return abi.encodePacked(slot(3, 0x100, 2), slot(4, 0x180, 1));
    }

    function check(bytes memory descriptor, bool expected, string memory why) private view {
        vm.assertTrue(this.read(descriptor) == expected, why);
    }

    function checkHead(Head memory h, bool expected, string memory why) private view {
        check(abi.encodePacked(pack(h), goodSlots()), expected, why);
    }

    function checkSlots(bytes memory operand, bytes memory result, bool expected, string memory why) private view {
        check(abi.encodePacked(pack(head()), operand, result), expected, why);
    }

    function test_D1_TheLengthFollowsFromTheCounts() public view {
        bytes memory good = abi.encodePacked(pack(head()), goodSlots());
        check(good, true, "good");
        check(abi.encodePacked(good, uint8(0)), false, "a byte more");
        check(abi.encodePacked(good, slot(5, 0x1c0, 1)), false, "a slot more");
        for (uint256 length = 0; length < good.length; ++length) {
            bytes memory cut = new bytes(length);
            for (uint256 i = 0; i < length; ++i) {
                cut[i] = good[i];
            }
            check(cut, false, "cut off");
        }
    }

    function many(uint256 operands, uint256 results) private pure returns (bytes memory packed) {
        Head memory h = head();
        (h.memDepth, h.operands, h.results) = (10, uint16(operands), uint16(results));
        packed = new bytes(14 + 9 * (operands + results));
        copy(packed, 0, pack(h));
        for (uint256 i = 0; i < 300 && i < operands + results; ++i) {
            copy(packed, 14 + 9 * i, slot(uint32(i % 64), uint32(32 * (i + 2)), 0));
        }
    }

    function copy(bytes memory to, uint256 offset, bytes memory from) private pure {
        for (uint256 i = 0; i < from.length; ++i) {
            to[offset + i] = from[i];
        }
    }

    function test_D2_NoneTo256OperandsAndOneTo16Results() public view {
        check(many(0, 1), true, "no operand");
        check(many(256, 16), true, "the most");
        check(many(257, 1), false, "an operand too many");
        check(many(1, 17), false, "a result too many");
        check(many(1, 0), false, "no result");
        check(many(65535, 1), false, "the greatest count");
    }

    function test_D2_NotMoreSlotsThanTheModelSays() public pure {
        bytes memory packed = many(3, 2);
        (bool wellFormed,) = DescriptorCaller.read(packed, Limits(4, 6, 5));
        vm.assertTrue(wellFormed, "five");
        (wellFormed,) = DescriptorCaller.read(packed, Limits(4, 6, 4));
        vm.assertFalse(wellFormed, "more than four");
    }

    function test_D3_DepthsAndSteps() public view {
        uint8[8] memory badSteps = [0, 1, 5, 7, 49, 52, 253, 255];
        for (uint256 i = 0; i < 8; ++i) {
            Head memory h = head();
            h.stepBits = badSteps[i];
            checkHead(h, false, "stepBits");
        }
        for (uint8 bits = 4; bits <= 48; bits += 4) {
            Head memory h = head();
            h.stepBits = bits;
            checkHead(h, true, "stepBits");
        }
        Head memory g = head();
        g.memDepth = 27;
        checkHead(g, true, "2^32 bytes");
        g.memDepth = 28;
        checkHead(g, false, "more");
        g.memDepth = 255;
        checkHead(g, false, "much more");
    }

    function test_D4_EntryAndStack() public view {
        Head memory h = head();
        h.entry = 0x1fc;
        checkHead(h, true, "the last instruction of 2^4 leaves");
        h.entry = 0x200;
        checkHead(h, false, "behind the code");
        h.entry = 0x12;
        checkHead(h, false, "inside an instruction");
        h = head();
        h.stackPointer = 0x2000;
        checkHead(h, true, "the end of memory");
        h.stackPointer = 0x2008;
        checkHead(h, false, "behind it");
        h.stackPointer = 0x44;
        checkHead(h, false, "misaligned");
    }

    function test_D5_SlotsLieInMemoryAtMultiplesOfTheirSize() public view {
        checkSlots(slot(63, 0x100, 2), slot(4, 0x180, 1), true, "the last value");
        checkSlots(slot(64, 0x100, 2), slot(4, 0x180, 1), false, "no such value");
        checkSlots(slot(3, 0x100, 2), slot(type(uint32).max, 0x180, 1), false, "no such value");
        checkSlots(slot(3, 0x110, 2), slot(4, 0x180, 1), false, "inside a leaf");
        checkSlots(slot(3, 0x120, 2), slot(4, 0x1c0, 1), false, "no multiple of its size");
        checkSlots(slot(3, 0, 8), slot(4, 0x1fe0, 0), false, "all of memory, and more");
        checkSlots(slot(3, 0x100, 2), slot(4, 0x1fe0, 0), true, "the last leaf");
        checkSlots(slot(3, 0x100, 2), slot(4, 0x2000, 0), false, "behind memory");
        checkSlots(slot(3, 0x100, 2), slot(4, 0xffffffe0, 0), false, "far behind memory");
        checkSlots(slot(3, 0x100, 2), slot(4, 0, 9), false, "larger than memory");
        checkSlots(slot(3, 0x100, 2), slot(4, 0, 255), false, "2^260 bytes");
    }

    function test_D6_SlotsAreDisjoint() public view {
        checkSlots(slot(3, 0x100, 2), slot(4, 0x180, 0), true, "neighbours");
        checkSlots(slot(3, 0x100, 2), slot(4, 0x160, 0), false, "the result inside the operand");
        checkSlots(slot(3, 0x100, 0), slot(4, 0x100, 3), false, "the operand inside the result");
        checkSlots(slot(3, 0x100, 1), slot(4, 0x100, 1), false, "the same place");
        checkSlots(slot(4, 0x180, 1), slot(3, 0x100, 2), true, "the result first");
    }

    function test_D6_EachListAscends() public view {
        Head memory h = head();
        h.operands = 2;
        bytes memory result = slot(4, 0x1000, 0);
        bytes memory low = slot(5, 0x100, 0);
        bytes memory high = slot(6, 0x200, 0);
        check(abi.encodePacked(pack(h), low, high, result), true, "ascending");
        check(abi.encodePacked(pack(h), high, low, result), false, "descending");
        check(abi.encodePacked(pack(h), low, low, result), false, "twice");
        h.operands = 1;
        h.results = 2;
        check(abi.encodePacked(pack(h), slot(1, 0x180, 0), high, low), false, "descending results");
    }
}

library DescriptorCaller {
    function read(bytes calldata descriptor, Limits memory limits) external pure returns (bool, Node memory) {
        return Descriptor.read(descriptor, limits);
    }
}
