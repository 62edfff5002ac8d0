// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Opening} from "../../src/Context.sol";
import {ModelHeader} from "../../src/Models.sol";
import {Opml} from "../../src/Opml.sol";
import {PackedGame} from "../../src/GameState.sol";
import {Position} from "../../src/Games.sol";
import {Revealed} from "../../src/History.sol";
import {Terms} from "../../src/Terms.sol";
import {NodeProof, NodeRun} from "../../src/Transitions.sol";
import {vm, Vm} from "../Vm.sol";
import {Machine, Witness} from "../Witness.sol";
import {deployed} from "./Deployed.sol";
import {Proof} from "./Proof.sol";
import {TestModels} from "./TestModel.sol";

/// What the moves of a dispute cost as transactions under osaka's rules, for a model of the size of mnist-8 with a node of
/// four operands, and values without zero bytes. The contract does not know that the values are made up.
/// forge-config: default.isolate = true
contract GasTest {
    using Witness for Machine;

    address private constant requester = address(0x1111111111111111111111111111111111111111);
    address private constant server = address(0x2222222222222222222222222222222222222222);
    address private constant challenger = address(0x3333333333333333333333333333333333333333);
    uint8 private constant contextDepth = 6;
    uint8 private constant memDepth = 12;
    uint8 private constant codeDepth = 9;
    /// The least number of steps that is a power of 16 and has room for 2^30.
    uint8 private constant recordedBits = 32;

    Opml private opml;
    bytes32 private jobId;
    Terms private terms;
    ModelHeader private header;
    /// Of the disputed node.
    uint8 private stepBits;
    /// From the challenge on, of both sides.
    uint256 private spent;
    uint256 private movesInNode;

    bytes32[] private context;
    bytes private descriptor;
    bytes32[16] private nodes;
    bytes32[16] private steps;

    Position private position;
    bytes32[] private accumulators;
    bytes32[2] private roots;

    function setUp() public {
        vm.deal(requester, 100 ether);
        vm.deal(server, 100 ether);
        vm.deal(challenger, 100 ether);
        vm.warp(1_700_000_000);
        opml = deployed().opml();
        for (uint256 i = 0; i < 40; ++i) {
            context.push(keccak256(abi.encode("value", i)));
        }
        context[1] = 0;
        context[39] = 0;
    }

    function register() private {
        bytes memory slots = abi.encodePacked(
            TestModels.slot(7, 0x1100, 3),
            TestModels.slot(8, 0x1200, 4),
            TestModels.slot(30, 0x4000, 9),
            TestModels.slot(31, 0x8000, 10)
        );
        descriptor = abi.encodePacked(uint32(0x124), uint32(0x1000), memDepth, stepBits, uint16(4), uint16(1), slots);
        descriptor = abi.encodePacked(descriptor, TestModels.slot(32, 0x10000, 11));
        bytes32[] memory hashes = new bytes32[](12);
        for (uint256 i = 0; i < 12; ++i) {
            hashes[i] = keccak256(abi.encodePacked(bytes32("opml.node.v1"), descriptor, uint8(i)));
        }
        hashes[5] = keccak256(abi.encodePacked(bytes32("opml.node.v1"), descriptor));
        Machine memory m = machine();
        header.codeRoot = Witness.root(m.codeLeaf, Witness.codePad, m.codeAddress >> 5, codeDepth);
        header.initialContext = Proof.root(context, contextDepth);
        header.nodesRoot = Proof.root(hashes, 4);
        header.codeDepth = codeDepth;
        header.contextDepth = contextDepth;
        header.nodeBits = 4;
        header.maxSlots = 5;
    }

    /// About to store a word.
    function machine() private pure returns (Machine memory m) {
        m = Witness.executing(0xad090000);
        m.codeDepth = codeDepth;
        m.memDepth = memDepth;
        for (uint256 i = 1; i < 32; ++i) {
            m.gpr[i] = uint32(uint256(keccak256(abi.encode("register", i))));
        }
        m.gpr[8] = m.memAddress;
        m.memLeaf = keccak256("data");
    }

    function inputs() private pure returns (bytes[] memory list) {
        list = new bytes[](1);
        list[0] = TestModels.port(1, 11, 784, "Input3");
    }

    function outputs() private pure returns (bytes[] memory list) {
        list = new bytes[](1);
        list[0] = TestModels.port(39, 11, 10, "Plus214_Output_0");
    }

    function request() private {
        opml.register(header, inputs(), outputs());
        record("register");
        Terms memory t;
        bytes32 signature = keccak256(
            abi.encodePacked(
                bytes32("opml.signature.v1"),
                uint16(1),
                uint16(1),
                keccak256(abi.encodePacked(bytes32("opml.port.v1"), inputs()[0])),
                keccak256(abi.encodePacked(bytes32("opml.port.v1"), outputs()[0]))
            )
        );
        t.modelRoot = keccak256(
            abi.encodePacked(
                abi.encodePacked(bytes32("opml.model.v1"), header.codeRoot, header.codeDepth, header.initialContext),
                abi.encodePacked(header.contextDepth, header.nodesRoot, header.nodeBits, header.maxSlots, signature)
            )
        );
        (t.server, t.bond, t.feeCap) = (server, 1 ether, 100 gwei);
        (t.answerPeriod, t.window, t.clock, t.publishPeriod) = (1 days, 3 days, 1 days, 1 days);
        bytes[] memory tensors = new bytes[](1);
        tensors[0] = new bytes(3136);
        for (uint256 i = 0; i < 3136; ++i) {
            tensors[0][i] = bytes1(uint8(i % 5));
        }
        bytes32[] memory siblings = Proof.siblings(Proof.levels(context, contextDepth, 0), 1);
        vm.recordLogs();
        vm.prank(requester);
        jobId = opml.request{value: 0.1 ether}(t, tensors, siblings);
        record("request, 3136 bytes of input");
        (terms,) = abi.decode(vm.getRecordedLogs()[0].data, (Terms, string));
    }

    function junk(string memory what) private pure returns (bytes32[16] memory section) {
        for (uint256 i = 0; i < 16; ++i) {
            section[i] = keccak256(abi.encode(what, i));
        }
    }

    function levels(bytes32[16] memory section) private pure returns (bytes32[][] memory) {
        bytes32[] memory leaves = new bytes32[](16);
        for (uint256 i = 0; i < 16; ++i) {
            leaves[i] = section[i];
        }
        return Proof.levels(leaves, 4, 0);
    }

    function keepPosition() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        position.jobId = jobId;
        (position.game, position.accumulator) = abi.decode(logs[logs.length - 1].data, (PackedGame, bytes32));
        accumulators.push(position.accumulator);
        vm.recordLogs();
    }

    /// Records what has just been called, in one of the disputes that are played.
    function record(string memory call_) private returns (uint256 gas) {
        gas = vm.lastCallGas().gasTotalUsed;
        if (stepBits == recordedBits) vm.snapshotValue("protocol", call_, gas);
    }

    /// Counts a move that has just been made.
    function count(string memory move) private returns (uint256 gas) {
        gas = record(move);
        spent += gas;
    }

    function answerAndChallenge() private returns (bytes32 claim) {
        vm.prank(server);
        opml.answer{value: 1 ether}(terms, keccak256("other outputs"), 0, new bytes[](0));
        record("answer, no outputs");
        context[1] = keccak256("input");
        context[39] = keccak256("output");
        claim = Proof.root(context, contextDepth);
        bytes32[] memory siblings = Proof.siblings(Proof.levels(context, contextDepth, 0), 39);
        Opening memory opening = Opening(abi.encodePacked(uint32(39), context[39]), siblings);
        context[39] = 0;
        vm.recordLogs();
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(terms, 0, 0, claim, opening);
        count("challenge, 1 output");
        keepPosition();
    }

    function enterNode(bytes32 claim) private {
        NodeProof memory proof;
        proof.descriptor = descriptor;
        bytes32[] memory hashes = new bytes32[](12);
        for (uint256 i = 0; i < 12; ++i) {
            hashes[i] = keccak256(abi.encodePacked(bytes32("opml.node.v1"), descriptor, uint8(i)));
        }
        proof.siblings = Proof.siblings(Proof.levels(hashes, 4, 0), 5);
        Revealed memory r;
        r.base = accumulators[0];
        r.origin = new bytes32[](3);
        (r.origin[0], r.origin[1], r.origin[2]) = (terms.modelRoot, terms.start, claim);
        r.sections = abi.encodePacked(uint8(0), levels(nodes)[4][0]);
        (r.agreed, r.claimed) = (nodes[4], nodes[5]);
        r.siblings = Proof.siblingsOfPair(levels(nodes), 4);
        NodeRun memory run;
        uint256[] memory opened = new uint256[](5);
        (opened[0], opened[1], opened[2], opened[3], opened[4]) = (7, 8, 30, 31, 32);
        for (uint256 i = 0; i < 5; ++i) {
            run.values.values = abi.encodePacked(run.values.values, uint32(opened[i]), context[opened[i]]);
        }
        run.values.siblings = Proof.siblings(Proof.levels(context, contextDepth, 0), opened, new uint256[](5));
        run.results = new bytes32[](1);
        run.results[0] = keccak256("result");
        run.siblings = new bytes32[](1);
        run.siblings[0] = keccak256("operands");
        bytes memory registers = abi.encodePacked(keccak256("1"), keccak256("2"), keccak256("3"), keccak256("4"));
        run.finalState = abi.encodePacked(registers, bytes12(keccak256("5")), uint8(1), uint8(0));
        for (uint256 i = 28; i < 32; ++i) {
            run.finalState[i] = 0;
        }
        bytes32 memRoot = Proof.parent(run.siblings[0], run.results[0]);
        run.finalState = abi.encodePacked(run.finalState, header.codeRoot, codeDepth, memDepth, memRoot);
        steps = junk("steps");
        steps[15] = keccak256(run.finalState);
        vm.prank(challenger);
        opml.enterNode(position, 5, r, proof, run, steps);
        vm.assertLe(count("hand-over, 4 operands"), 200_000, "hand-over with four operands");
        keepPosition();
    }

    function divide(address who, uint256 pick, bytes32[16] memory section) private {
        vm.prank(who);
        opml.divide(position, pick, section);
        vm.assertLe(count("section"), 52_000, "a section");
        keepPosition();
    }

    /// A whole dispute about a node of 2^bits steps, from the challenge to the payout.
    function play(uint8 bits) private {
        stepBits = bits;
        register();
        request();
        bytes32 claim = answerAndChallenge();
        nodes = junk("nodes");
        nodes[4] = Proof.root(context, contextDepth);
        divide(server, 0, nodes);
        enterNode(claim);
        bytes32[16] memory section;
        address mover = server;
        for (uint256 level = 1; level < bits / 4; ++level) {
            section = junk(vm.toString(level));
            section[6] = keccak256(machine().pack());
            divide(mover, 3, section);
            ++movesInNode;
            mover = mover == server ? challenger : server;
        }
        executeStep(mover, section);
        ++movesInNode;
    }

    function test_ADisputeAboutAModelLikeMnistTakesAtMost1200000() public {
        play(28);
        vm.snapshotValue("protocol", "whole dispute, 2^4 nodes and 2^28 steps", spent);
        vm.assertLe(spent, 1_200_000, "both sides, from challenge to payout");
    }

    function test_ANodeOf2To30StepsTakesAtMost8MovesBehindItsHandOver() public {
        play(recordedBits);
        vm.snapshotValue("protocol", "whole dispute, 2^4 nodes and 2^32 steps", spent);
        vm.assertLe(movesInNode, 8, "sections, and the final step");
    }

    function executeStep(address mover, bytes32[16] memory section) private {
        Revealed memory r;
        r.base = accumulators[accumulators.length - 2];
        r.sections = abi.encodePacked(uint8(3), levels(section)[4][0]);
        (r.agreed, r.claimed) = (section[6], section[7]);
        r.siblings = Proof.siblingsOfPair(levels(section), 6);
        vm.prank(mover);
        opml.executeStep(position, 7, r, machine().accessing());
        vm.assertLe(count("final step, sw"), 110_000, "the final step");
        vm.assertTrue(opml.balances(mover) != 0, "the mover has won");
    }
}
