// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Section} from "./Section.sol";
import {Subtrees, Tree} from "./Tree.sol";
import {Tags} from "./Tags.sol";

/// Where values lie in a node's memory.
struct Slots {
    uint256[] values;
    /// Address / 32 << 8 | depth: the places of the values' subtrees in data memory.
    uint256[] places;
}

struct Node {
    uint32 entry;
    uint32 stackPointer;
    uint8 memDepth;
    uint8 stepBits;
    Slots operands;
    Slots results;
}

/// What a node's descriptor may say depends on these fields of the model.
struct Limits {
    uint256 codeDepth;
    uint256 contextDepth;
    uint256 maxSlots;
}

/// The packed node descriptors of docs/image-format.md:
/// `u32 entry ‖ u32 stackPointer ‖ u8 memDepth ‖ u8 stepBits ‖ u16 #operands ‖ u16 #results ‖ slot…` with
/// `slot = u32 value ‖ u32 address ‖ u8 depth`.
library Descriptor {
    uint256 private constant headBytes = 14;
    uint256 private constant slotBytes = 9;
    uint256 private constant maxStepBits = 48;
    uint256 private constant maxOperands = 256;
    uint256 private constant maxResults = 16;

    /// The leaf of the tree of nodes; none is the leaf of the padding, whose transition is the identity.
    function leaf(bytes calldata descriptor) internal pure returns (bytes32) {
        if (descriptor.length == 0) return 0;
        return keccak256(abi.encodePacked(Tags.node, descriptor));
    }

    /// Whether the descriptor is well-formed, and what it says if it is: checks D1 to D6 of docs/protocol.md.
    function read(bytes calldata descriptor, Limits memory limits) internal pure returns (bool, Node memory node) {
        if (descriptor.length < headBytes) return (false, node);
        uint256 operands = uint16(bytes2(descriptor[10:12]));
        uint256 results = uint16(bytes2(descriptor[12:14]));
        // D1, D2
        if (descriptor.length != headBytes + slotBytes * (operands + results)) return (false, node);
        if (operands > maxOperands || results == 0 || results > maxResults) return (false, node);
        if (operands + results > limits.maxSlots) return (false, node);
        node.entry = uint32(bytes4(descriptor[0:4]));
        node.stackPointer = uint32(bytes4(descriptor[4:8]));
        node.memDepth = uint8(descriptor[8]);
        node.stepBits = uint8(descriptor[9]);
        if (!_boundsHold(node, limits)) return (false, node);
        uint256 split = headBytes + slotBytes * operands;
        bool operandsFit;
        bool resultsFit;
        (operandsFit, node.operands) = _slots(descriptor[headBytes:split], node.memDepth, limits.contextDepth);
        (resultsFit, node.results) = _slots(descriptor[split:], node.memDepth, limits.contextDepth);
        bool disjoint = _ascending(node.operands.places, node.results.places);
        return (operandsFit && resultsFit && disjoint, node);
    }

    /// D3, D4
    function _boundsHold(Node memory node, Limits memory limits) private pure returns (bool) {
        if (node.memDepth > Tree.maxDepth) return false;
        if (node.stepBits == 0 || node.stepBits > maxStepBits || node.stepBits % Section.bits != 0) return false;
        if (node.entry % 4 != 0 || node.entry >> (limits.codeDepth + 5) != 0) return false;
        return node.stackPointer % 8 == 0 && node.stackPointer <= uint256(32) << node.memDepth;
    }

    /// D5: values exist; a slot lies inside memory at a multiple of its size.
    function _slots(bytes calldata packed, uint256 memDepth, uint256 contextDepth)
        private
        pure
        returns (bool fit, Slots memory slots)
    {
        uint256 count = packed.length / slotBytes;
        slots = Slots(new uint256[](count), new uint256[](count));
        fit = true;
        for (uint256 i = 0; i < count; ++i) {
            bytes calldata slot = packed[i * slotBytes:(i + 1) * slotBytes];
            uint256 value = uint32(bytes4(slot));
            uint256 address_ = uint32(bytes4(slot[4:8]));
            uint256 depth = uint8(slot[8]);
            bool exists = value >> contextDepth == 0;
            bool inside = depth <= memDepth && address_ >> (memDepth + 5) == 0;
            fit = fit && exists && inside && address_ % (32 << depth) == 0;
            slots.values[i] = value;
            slots.places[i] = address_ / 32 << 8 | depth;
        }
    }

    /// D6: the slots of each list ascend and no two of them overlap, whichever lists they are in.
    function _ascending(uint256[] memory left, uint256[] memory right) private pure returns (bool) {
        uint256 end = 0;
        uint256 i = 0;
        uint256 j = 0;
        while (i < left.length || j < right.length) {
            bool takeLeft = j == right.length || (i < left.length && left[i] < right[j]);
            uint256 place = takeLeft ? left[i++] : right[j++];
            if (place >> 8 < end) return false;
            end = (place >> 8) + (1 << uint8(place));
        }
        return true;
    }
}
