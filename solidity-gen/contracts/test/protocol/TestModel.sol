// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {ModelHeader} from "../../src/Models.sol";
import {Assembly, Guest} from "./Guest.sol";
import {Proof} from "./Proof.sol";
import {Witness} from "../Witness.sol";

/// A chain of equal nodes: node i computes value i + 2 from value i + 1 and the weight, value 0. Value 1 is the input.
/// y[0] = x[0] + iterations * w[0], all else is zero. x and y are int32[16], in slots of depth 1; w is int32[8].
struct TestModel {
    ModelHeader header;
    bytes32 root;
    uint256 nodes;
    bytes32[] code;
    bytes[] descriptors;
    bytes[] inputs;
    bytes[] outputs;
    uint8 stepBits;
    /// The node whose descriptor is malformed, or beyond all.
    uint256 malformed;
}

/// How a test's model differs from a good one.
struct Shape {
    uint256 nodes;
    uint8 stepBits;
    uint16 iterations;
    /// What node `oddNode` has in place of the common program or descriptor; the last node if it is beyond them all.
    Oddity oddity;
    uint256 oddNode;
    bytes oddDescriptor;
}

enum Oddity {
    None,
    Exits256,
    Traps,
    NeverHalts,
    Descriptor
}

library TestModels {
    using Assembly for uint32[];

    bytes32 internal constant weight = bytes32(uint256(3) << 248);
    uint8 internal constant memDepth = 3;
    uint8 internal constant codeDepth = 3;
    uint16 internal constant weightAddress = 0x60;
    uint16 internal constant operandAddress = 0x80;
    uint16 internal constant resultAddress = 0xc0;
    /// Program of the odd node, behind the common one.
    uint32 internal constant oddEntry = 0x80;

    function contextDepth(uint256 nodes) internal pure returns (uint8 depth) {
        while (1 << depth < nodes + 2) ++depth;
    }

    function nodeBits(uint256 nodes) internal pure returns (uint8 bits) {
        while (1 << bits < nodes) bits += 4;
    }

    function build(Shape memory shape) internal pure returns (TestModel memory m) {
        m.nodes = shape.nodes;
        m.stepBits = shape.stepBits;
        m.malformed = shape.oddity == Oddity.Descriptor ? shape.oddNode : shape.nodes;
        m.code = program(shape).leaves();
        m.descriptors = new bytes[](shape.nodes);
        bytes32[] memory hashes = new bytes32[](shape.nodes);
        for (uint256 i = 0; i < shape.nodes; ++i) {
            m.descriptors[i] = _descriptor(shape, i);
            hashes[i] = keccak256(abi.encodePacked(bytes32("opml.node.v1"), m.descriptors[i]));
        }
        m.header.codeRoot = Proof.levels(m.code, codeDepth, Witness.codePad)[codeDepth][0];
        m.header.codeDepth = codeDepth;
        m.header.contextDepth = contextDepth(shape.nodes);
        m.header.nodeBits = nodeBits(shape.nodes);
        m.header.maxSlots = 3;
        m.header.nodesRoot = Proof.root(hashes, m.header.nodeBits);
        bytes32[] memory values = new bytes32[](1);
        values[0] = weight;
        m.header.initialContext = Proof.root(values, m.header.contextDepth);
        m.inputs = new bytes[](1);
        m.inputs[0] = port(1, 5, 16, "x");
        m.outputs = new bytes[](1);
        m.outputs[0] = port(uint32(shape.nodes + 1), 5, 16, "y");
        m.root = rootOf(m);
    }

    /// A vector of so many elements.
    function port(uint32 value, uint8 elementType, uint64 elements, string memory name)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(value, elementType, uint8(1), elements, name);
    }

    function rootOf(TestModel memory m) internal pure returns (bytes32) {
        bytes memory signature =
            abi.encodePacked(bytes32("opml.signature.v1"), uint16(m.inputs.length), uint16(m.outputs.length));
        for (uint256 i = 0; i < m.inputs.length; ++i) {
            signature = abi.encodePacked(signature, keccak256(abi.encodePacked(bytes32("opml.port.v1"), m.inputs[i])));
        }
        for (uint256 i = 0; i < m.outputs.length; ++i) {
            signature = abi.encodePacked(signature, keccak256(abi.encodePacked(bytes32("opml.port.v1"), m.outputs[i])));
        }
        ModelHeader memory h = m.header;
        bytes memory packed = abi.encodePacked(bytes32("opml.model.v1"), h.codeRoot, h.codeDepth, h.initialContext);
        packed = abi.encodePacked(packed, h.contextDepth, h.nodesRoot, h.nodeBits, h.maxSlots);
        return keccak256(abi.encodePacked(packed, keccak256(signature)));
    }

    function descriptor(uint32 entry, uint8 stepBits, uint32 operand, uint32 result)
        internal
        pure
        returns (bytes memory)
    {
        bytes memory head = abi.encodePacked(entry, uint32(0x20), memDepth, stepBits, uint16(2), uint16(1));
        bytes memory slots = abi.encodePacked(slot(0, weightAddress, 0), slot(operand, operandAddress, 1));
        return abi.encodePacked(head, slots, slot(result, resultAddress, 1));
    }

    function slot(uint32 value, uint32 address_, uint8 depth) internal pure returns (bytes memory) {
        return abi.encodePacked(value, address_, depth);
    }

    function _descriptor(Shape memory shape, uint256 node) private pure returns (bytes memory) {
        bool odd = shape.oddity != Oddity.None && node == shape.oddNode;
        if (odd && shape.oddity == Oddity.Descriptor) return shape.oddDescriptor;
        return descriptor(odd ? oddEntry : 0, shape.stepBits, uint32(node + 1), uint32(node + 2));
    }

    /// $t0 sum, $t1 weight, $t2 counter.
    function program(Shape memory shape) private pure returns (uint32[] memory words) {
        words = new uint32[](oddEntry / 4 + 4);
        for (uint256 i = 0; i < words.length; ++i) {
            words[i] = Assembly.reserved;
        }
        words[0] = Assembly.lw(8, operandAddress);
        words[1] = Assembly.lw(9, weightAddress);
        words[2] = Assembly.addiu(10, 0, shape.iterations);
        words[3] = Assembly.addiu(10, 10, 0xffff);
        words[4] = Assembly.bne(10, 0, -2);
        words[5] = Assembly.addu(8, 8, 9); // in the delay slot
        words[6] = Assembly.sw(8, resultAddress);
        words[7] = Assembly.addiu(2, 0, 4001);
        words[8] = Assembly.syscall;
        uint256 odd = oddEntry / 4;
        if (shape.oddity == Oddity.Exits256) {
            words[odd] = Assembly.addiu(2, 0, 4001);
            words[odd + 1] = Assembly.addiu(4, 0, 256);
            words[odd + 2] = Assembly.syscall;
        } else if (shape.oddity == Oddity.NeverHalts) {
            words[odd] = Assembly.addiu(2, 0, 1);
            words[odd + 1] = Assembly.bne(2, 0, -1);
            words[odd + 2] = Assembly.nop;
        }
    }

    /// The machine in which a node begins, with these value roots' tensors as operands.
    function machine(TestModel memory m, uint256 node, bytes32[2] memory operand)
        internal
        pure
        returns (Guest memory g)
    {
        bytes memory packed = m.descriptors[node];
        uint32 entry = uint32(bytes4(packed));
        g.pc = entry;
        g.nextPc = entry + 4;
        g.gpr[29] = 0x20;
        g.code = m.code;
        g.codeRoot = m.header.codeRoot;
        g.codeDepth = codeDepth;
        g.memDepth = memDepth;
        g.memory_ = new bytes32[](1 << memDepth);
        g.memory_[weightAddress / 32] = weight;
        g.memory_[operandAddress / 32] = operand[0];
        g.memory_[operandAddress / 32 + 1] = operand[1];
    }
}
