// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {GasBounds} from "../../src/GasBounds.sol";
import {ModelHeader} from "../../src/Models.sol";
import {Opening} from "../../src/Context.sol";
import {Opml} from "../../src/Opml.sol";
import {PackedGame} from "../../src/GameState.sol";
import {Position} from "../../src/Games.sol";
import {Revealed} from "../../src/History.sol";
import {Subtrees, Tree} from "../../src/Tree.sol";
import {Terms} from "../../src/Terms.sol";
import {NodeProof, NodeRun} from "../../src/Transitions.sol";
import {vm, Vm} from "../Vm.sol";
import {deployed} from "./Deployed.sol";
import {Proof} from "./Proof.sol";
import {TestModels} from "./TestModel.sol";

/// The largest model that may be registered: 2^18 values, 2^20 nodes, 64 outputs, a node of 256 operands and 16 results in
/// 2^32 bytes. A node that is too large to be played would protect a lie about it.
/// forge-config: default.isolate = true
contract WorstCaseTest {
    address private constant server = address(0x2222222222222222222222222222222222222222);
    address private constant challenger = address(0x3333333333333333333333333333333333333333);
    /// What geth takes into its pool (core/txpool, txMaxSize) and a transaction may use (EIP-7825).
    uint256 private constant maxTransactionBytes = 128 << 10;
    uint256 private constant maxTransactionGas = 1 << 24;
    uint256 private constant operands = 256;
    uint256 private constant results = 16;
    uint256 private constant levels = 5;

    Opml private opml;
    ModelHeader private header;
    Terms private terms;
    Position private position;
    bytes32[levels] private sectionRoots;
    bytes32[16][levels] private sections;

    function setUp() public {
        vm.deal(address(this), 100 ether);
        vm.deal(server, 100 ether);
        vm.deal(challenger, 100 ether);
        vm.warp(1_700_000_000);
        opml = deployed().opml();
    }

    function junk(bytes32 seed, uint256 count) private pure returns (bytes32[] memory words) {
        words = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            words[i] = keccak256(abi.encode(seed, i));
        }
    }

    /// `count` leaves (of this height) spread as far apart as can be, and as many siblings as they need.
    function spread(uint256 count, uint256 depth, uint256 height)
        private
        pure
        returns (Subtrees memory known, bytes32[] memory siblings)
    {
        known = Subtrees(new uint256[](count), junk("leaf", count));
        for (uint256 i = 0; i < count; ++i) {
            uint256 first = i * (1 << depth) / count;
            known.places[i] = first >> height << height << 8 | height;
        }
        siblings = junk("sibling", siblingsOf(known.places, 0, count, 0, depth));
    }

    function siblingsOf(uint256[] memory places, uint256 from, uint256 to, uint256 first, uint256 height)
        private
        pure
        returns (uint256)
    {
        if (from == to) return 1;
        if (places[from] == (first << 8 | height)) return 0;
        uint256 half = first + (1 << (height - 1));
        uint256 split = from;
        while (split < to && places[split] >> 8 < half) ++split;
        return siblingsOf(places, from, split, first, height - 1) + siblingsOf(places, split, to, half, height - 1);
    }

    function openingOf(Subtrees memory known, bytes32[] memory siblings) private pure returns (Opening memory opening) {
        bytes memory packed = new bytes(36 * known.places.length);
        for (uint256 i = 0; i < known.places.length; ++i) {
            (uint256 value, bytes32 root) = (known.places[i] >> 8, known.roots[i]);
            assembly {
                mstore(add(packed, add(32, mul(36, i))), shl(224, value))
                mstore(add(packed, add(36, mul(36, i))), root)
            }
        }
        return Opening(packed, siblings);
    }

    /// Every operand is a leaf of its own half megabyte of the upper half of memory, results likewise in the lower half.
    function descriptor() private pure returns (bytes memory packed) {
        (Subtrees memory values,) = spread(operands + results, 18, 0);
        packed = new bytes(14 + 9 * (operands + results));
        bytes memory head = abi.encodePacked(
            uint32(0xfffffffc), uint32(0x7ffffff8), uint8(27), uint8(48), uint16(operands), uint16(results)
        );
        copy(packed, 0, head);
        for (uint256 i = 0; i < operands + results; ++i) {
            uint256 address_ =
                i < operands ? (1 << 31) + i * (1 << 31) / operands : (i - operands) * (1 << 31) / results;
            copy(packed, 14 + 9 * i, TestModels.slot(uint32(values.places[i] >> 8), uint32(address_), 0));
        }
    }

    function copy(bytes memory to, uint256 offset, bytes memory from) private pure {
        for (uint256 i = 0; i < from.length; ++i) {
            to[offset + i] = from[i];
        }
    }

    function test_TheLargestNodeCanBePlayedForWhatTheBondCovers() public {
        bytes32 claim = begin();
        uint256 gas = vm.snapshotGasLastCall("worst-case", "challenge, 64 outputs of 2^18 values");
        for (uint256 i = 0; i < levels; ++i) {
            divide(i);
        }
        gas += enterNode(claim);
        // Of the 12 sections of steps and those of nodes, the challenger makes half; and the final step.
        gas += (levels + 12 + 1) / 2 * 52_000 + 150_000;
        vm.assertLe(gas, GasBounds.game(header, 64), "the bond covers it");
    }

    function begin() private returns (bytes32 claim) {
        bytes32[] memory siblings = junk("start", 18);
        header.initialContext = Tree.root(0, 0, 18, siblings);
        header.nodesRoot = Tree.root(
            uint256(0xeeeee) << 8,
            keccak256(abi.encodePacked(bytes32("opml.node.v1"), descriptor())),
            20,
            junk("nodes", 20)
        );
        (header.codeRoot, header.codeDepth, header.contextDepth) = (keccak256("code"), 27, 18);
        (header.nodeBits, header.maxSlots) = (20, uint16(operands + results));
        bytes[] memory inputs = new bytes[](1);
        inputs[0] = TestModels.port(0, 11, 8, "input");
        (Subtrees memory outputs, bytes32[] memory outputSiblings) = spread(64, 18, 0);
        bytes[] memory ports = new bytes[](64);
        for (uint256 i = 0; i < 64; ++i) {
            ports[i] = TestModels.port(uint32(outputs.places[i] >> 8), 11, 8, "output");
        }
        vm.recordLogs();
        opml.register(header, inputs, ports);
        Terms memory t;
        t.modelRoot = vm.getRecordedLogs()[0].topics[1];
        (t.server, t.bond, t.feeCap) = (server, 10 ether, 100 gwei);
        (t.answerPeriod, t.window, t.clock, t.publishPeriod) = (1 days, 3 days, 1 days, 1 days);
        bytes[] memory tensors = new bytes[](1);
        tensors[0] = new bytes(32);
        vm.recordLogs();
        opml.request(t, tensors, siblings);
        (t,) = abi.decode(vm.getRecordedLogs()[0].data, (Terms, string));
        terms = t;
        vm.prank(server);
        opml.answer{value: 10 ether}(t, keccak256("outputs"), 0, new bytes[](0));
        claim = Tree.root(outputs, 18, outputSiblings);
        Opening memory opening = openingOf(outputs, outputSiblings);
        vm.recordLogs();
        vm.prank(challenger);
        opml.challenge{value: 10 ether}(t, 0, 0, claim, opening);
        record();
    }

    function record() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        position.jobId = logs[logs.length - 1].topics[1];
        (position.game, position.accumulator) = abi.decode(logs[logs.length - 1].data, (PackedGame, bytes32));
    }

    function divide(uint256 i) private {
        bytes32[] memory values = junk(bytes32("section") | bytes32(i), 16);
        if (i == levels - 1) {
            (Subtrees memory known, bytes32[] memory siblings) = spread(operands + results, 18, 0);
            values[13] = Tree.root(known, 18, siblings);
        }
        for (uint256 j = 0; j < 16; ++j) {
            sections[i][j] = values[j];
        }
        sectionRoots[i] = Proof.root(values, 4);
        vm.recordLogs();
        vm.prank(i % 2 == 0 ? server : challenger);
        opml.divide(position, 14, sections[i]);
        record();
    }

    function enterNode(bytes32 claim) private returns (uint256 gas) {
        bytes memory call_ = handOver(claim);
        vm.assertLe(call_.length + 200, maxTransactionBytes, "the transaction is passed on");
        vm.prank(challenger);
        (bool accepted, bytes memory why) = address(opml).call(call_);
        if (!accepted) assembly { revert(add(why, 32), mload(why)) }
        gas = vm.snapshotGasLastCall("worst-case", "hand-over, 256 operands, 16 results");
        vm.assertLe(gas, maxTransactionGas, "the transaction is allowed");
    }

    function handOver(bytes32 claim) private view returns (bytes memory) {
        Revealed memory r;
        r.origin = new bytes32[](3);
        (r.origin[0], r.origin[1], r.origin[2]) = (terms.modelRoot, terms.start, claim);
        r.base = keccak256(abi.encode(bytes32("opml.game.v1"), r.origin[0], r.origin[1], r.origin[2]));
        for (uint256 i = 0; i < levels; ++i) {
            r.sections = abi.encodePacked(r.sections, uint8(14), sectionRoots[i]);
        }
        (r.agreed, r.claimed) = (sections[levels - 1][13], sections[levels - 1][14]);
        bytes32[] memory last = new bytes32[](16);
        for (uint256 i = 0; i < 16; ++i) {
            last[i] = sections[levels - 1][i];
        }
        r.siblings = Proof.siblingsOfPair(Proof.levels(last, 4, 0), 13);
        NodeRun memory run = nodeRun();
        bytes32[16] memory steps = sections[0];
        steps[15] = keccak256(run.finalState);
        return abi.encodeCall(opml.enterNode, (position, 14, r, NodeProof(descriptor(), junk("nodes", 20)), run, steps));
    }

    function nodeRun() private pure returns (NodeRun memory run) {
        (Subtrees memory values, bytes32[] memory siblings) = spread(operands + results, 18, 0);
        run.values = openingOf(values, siblings);
        // 16 leaves spread over the lower half of 2^27.
        Subtrees memory slots = Subtrees(new uint256[](results), junk("result", results));
        for (uint256 i = 0; i < results; ++i) {
            slots.places[i] = i * (1 << 26) / results << 8;
        }
        run.results = slots.roots;
        run.siblings = junk("memory", siblingsOf(slots.places, 0, results, 0, 27));
        bytes32 memRoot = Tree.root(slots, 27, run.siblings);
        run.finalState = new bytes(208);
        for (uint256 i = 0; i < 176; ++i) {
            run.finalState[i] = i < 28 || i > 31 ? bytes1(uint8(i) | 1) : bytes1(0);
        }
        run.finalState[140] = 0x01;
        copy(run.finalState, 176, abi.encodePacked(memRoot));
    }
}
