// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Opml} from "../../src/Opml.sol";
import {Opening} from "../../src/Context.sol";
import {PackedGame} from "../../src/GameState.sol";
import {Job, Status} from "../../src/Jobs.sol";
import {Position} from "../../src/Games.sol";
import {Terms} from "../../src/Terms.sol";
import {vm, Vm} from "../Vm.sol";
import {Belief, Beliefs, Lie} from "./Belief.sol";
import {Deployed, deployed} from "./Deployed.sol";
import {Proof} from "./Proof.sol";
import {Shape, TestModel, TestModels} from "./TestModel.sol";

/// A deployed contract with one job about one model, and somebody for every part.
abstract contract Arena {
    address internal constant requester = address(0x1001);
    address internal constant server = address(0x1002);
    address internal constant challenger = address(0x1003);
    address internal constant stranger = address(0x1004);
    uint256 internal constant purse = 1000 ether;
    uint32 internal constant clock = 1 days;
    uint64 internal constant feeCap = 100 gwei;

    Opml internal opml;
    address internal mipsStep;
    bytes32 internal jobId;

    /// The input of the job: x[0] = 5, x[9] = 1.
    bytes32[2] internal input = [bytes32(uint256(5) << 248), bytes32(uint256(1) << 216)];

    /// Gas that each side has used for its calls, as transactions if the test is isolated.
    mapping(address => uint256) internal gasOf;

    // Not public: memory structs with nested arrays are rebuilt where they are needed.
    Shape private _shape;
    Terms private _terms;

    /// Deploys, registers the model of this shape and requests a run of it.
    function open(Shape memory shape) internal {
        Deployed contracts = deployed();
        mipsStep = contracts.mipsStep();
        opml = contracts.opml();
        _shape = shape;
        vm.warp(1_700_000_000);
        address[4] memory all = [requester, server, challenger, stranger];
        for (uint256 i = 0; i < all.length; ++i) {
            vm.deal(all[i], purse);
        }
        TestModel memory m = model();
        opml.register(m.header, m.inputs, m.outputs);
        Terms memory t = goodTerms(m.root);
        vm.recordLogs();
        vm.prank(requester);
        jobId = opml.request{value: 1 ether}(t, inputTensors(), inputSiblings(m));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (_terms,) = abi.decode(logs[0].data, (Terms, string));
    }

    function model() internal view returns (TestModel memory) {
        return TestModels.build(_shape);
    }

    function terms() internal view returns (Terms memory) {
        return _terms;
    }

    function goodTerms(bytes32 modelRoot) internal pure returns (Terms memory t) {
        t.modelRoot = modelRoot;
        t.server = server;
        t.bond = 1 ether;
        t.feeCap = feeCap;
        t.answerPeriod = 1 days;
        t.window = 4 days;
        t.clock = clock;
        t.publishPeriod = 1 days;
    }

    function inputTensors() internal view returns (bytes[] memory tensors) {
        tensors = new bytes[](1);
        tensors[0] = abi.encodePacked(input[0], input[1]);
    }

    function inputSiblings(TestModel memory m) internal pure returns (bytes32[] memory) {
        bytes32[] memory values = new bytes32[](1);
        values[0] = TestModels.weight;
        return Proof.siblings(Proof.levels(values, m.header.contextDepth, 0), 1);
    }

    function truth() internal view returns (Belief memory) {
        return lie(Lie.None, 0);
    }

    function lie(Lie kind, uint256 node) internal view returns (Belief memory) {
        return Beliefs.about(model(), input, kind, node);
    }

    function outputRootOf(Belief memory b) internal pure returns (bytes32) {
        bytes32 last = b.contexts[b.contexts.length - 1];
        if (last == keccak256(abi.encodePacked(bytes32("opml.failed.v1")))) return last;
        return keccak256(abi.encodePacked(bytes32("opml.output.v1"), uint16(1), b.roots[b.roots.length - 1]));
    }

    /// The output value in the last context; nothing for FAILED.
    function outputsOf(Belief memory b) internal view returns (Opening memory opening) {
        TestModel memory m = model();
        if (outputRootOf(b) == b.contexts[b.contexts.length - 1]) return opening;
        return openingOf(m, b.roots, b.roots.length - 1);
    }

    function openingOf(TestModel memory m, bytes32[] memory roots, uint256 value)
        internal
        pure
        returns (Opening memory o)
    {
        o.values = abi.encodePacked(uint32(value), roots[value]);
        o.siblings = Proof.siblings(Proof.levels(roots, m.header.contextDepth, 0), value);
    }

    function answer(Belief memory b) internal {
        vm.prank(server);
        opml.answer{value: 1 ether}(terms(), outputRootOf(b), 0, new bytes[](0));
        countGas(server);
    }

    /// Challenges with the last context of `b` and returns the game's position.
    function challenge(Belief memory b) internal returns (Position memory) {
        return challengeAs(challenger, b);
    }

    function challengeAs(address who, Belief memory b) internal returns (Position memory) {
        Opening memory outputs = outputsOf(b);
        uint32 attempt = jobState().attempt;
        vm.recordLogs();
        vm.prank(who);
        opml.challenge{value: 1 ether}(terms(), attempt, 0, b.contexts[b.contexts.length - 1], outputs);
        countGas(who);
        return lastPosition();
    }

    /// The position after the last move that was recorded.
    function lastPosition() internal returns (Position memory position) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        position.jobId = jobId;
        (position.game, position.accumulator) = abi.decode(logs[logs.length - 1].data, (PackedGame, bytes32));
    }

    /// Of the last call, which was this account's.
    function countGas(address who) internal {
        gasOf[who] += vm.lastCallGas().gasTotalUsed;
    }

    function jobState() internal view returns (Job memory) {
        return opml.jobOf(jobId);
    }

    function assertStatus(Status status, string memory why) internal view {
        vm.assertEq(uint256(jobState().status), uint256(status), why);
    }

    function wealth(address who) internal view returns (uint256) {
        return who.balance + opml.balances(who);
    }
}
