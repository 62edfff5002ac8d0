// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Context} from "../../src/Context.sol";
import {History, Revealed} from "../../src/History.sol";
import {NodeProof, NodeRun, Transitions} from "../../src/Transitions.sol";
import {Tree} from "../../src/Tree.sol";
import {vm} from "../Vm.sol";
import {Lie} from "./Belief.sol";
import {Match, Play} from "./Play.sol";
import {Proof} from "./Proof.sol";
import {Oddity, Shape, TestModels} from "./TestModel.sol";

/// The hand-over and the final step: nothing is taken on the mover's word. Checks N1 to N10 and L1 to L3 of
/// docs/protocol.md.
contract TransitionsTest is Play {
    /// A hand-over as its mover would send it.
    struct HandOver {
        uint256 pick;
        Revealed revealed;
        NodeProof proof;
        NodeRun run;
        bytes32[16] section;
    }

    function setUp() public {
        open(Shape(3, 8, 40, Oddity.None, 0, ""));
    }

    /// The honest challenger is about to enter node 1.
    function beforeHandOver() private returns (Match memory m, HandOver memory h) {
        m = begin(lie(Lie.Value, 1), truth());
        move(m);
        h.pick = pickFor(m, m.challenger.contexts);
        m.node = h.pick;
        addStates(m);
        h.revealed = reveal(m.phase, h.pick, true);
        h.proof = nodeProof(m.node);
        h.run = nodeRun(m);
        for (uint256 i = 0; i < 16; ++i) {
            h.section[i] = m.challenger.states[16 * (i + 1)];
        }
    }

    function send(Match memory m, HandOver memory h) private {
        vm.prank(moverAddress(m));
        opml.enterNode(m.position, h.pick, h.revealed, h.proof, h.run, h.section);
    }

    function refuse(Match memory m, HandOver memory h, bytes4 why) private {
        vm.expectRevert(why);
        send(m, h);
    }

    function test_TheHonestHandOverIsAccepted() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        send(m, h);
    }

    /// The list with a node more, or without its last.
    function resized(bytes32[] memory list, bool longer) private pure returns (bytes32[] memory other) {
        other = new bytes32[](longer ? list.length + 1 : list.length - 1);
        for (uint256 i = 0; i < list.length && i < other.length; ++i) {
            other[i] = list[i];
        }
    }

    function refuseResized(Match memory m, HandOver memory h, bool longer) private {
        bytes32[] memory good = h.proof.siblings;
        h.proof.siblings = resized(good, longer);
        refuse(m, h, Tree.WrongProofLength.selector);
        (h.proof.siblings, good) = (good, h.run.values.siblings);
        h.run.values.siblings = resized(good, longer);
        refuse(m, h, Tree.WrongProofLength.selector);
        (h.run.values.siblings, good) = (good, h.run.siblings);
        h.run.siblings = resized(good, longer);
        refuse(m, h, Tree.WrongProofLength.selector);
        (h.run.siblings, good) = (good, h.revealed.siblings);
        h.revealed.siblings = resized(good, longer);
        refuse(m, h, Tree.WrongProofLength.selector);
        h.revealed.siblings = good;
    }

    function test_ProofsWithExtraOrMissingNodesAreRefused() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        refuseResized(m, h, true);
        refuseResized(m, h, false);
        send(m, h);
    }

    function test_N2_AnotherPartIsRefused() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        h.pick = 0;
        h.revealed = reveal(m.phase, 0, true);
        refuse(m, h, Transitions.WrongNode.selector);
        h.pick = 1;
        refuse(m, h, Tree.WrongProofLength.selector);
        h.pick = 16;
        refuse(m, h, History.WrongPick.selector);
    }

    function test_N2_TheHistoryHasToBeginWithTheModel() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        h.revealed.origin = new bytes32[](0);
        refuse(m, h, History.WrongHistory.selector);
    }

    function test_N3_AnotherDescriptorIsRefused() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        NodeProof memory good = h.proof;
        h.proof = NodeProof(TestModels.descriptor(4, 8, 2, 3), good.siblings);
        refuse(m, h, Transitions.WrongNode.selector);
        h.proof = nodeProof(2);
        refuse(m, h, Transitions.WrongNode.selector);
        h.proof = NodeProof("", good.siblings);
        refuse(m, h, Transitions.WrongNode.selector);
        h.proof = NodeProof(abi.encodePacked(good.descriptor, uint8(0)), good.siblings);
        refuse(m, h, Transitions.WrongNode.selector);
        h.proof = NodeProof(good.descriptor, new bytes32[](3));
        refuse(m, h, Tree.WrongProofLength.selector);
        h.proof = NodeProof(good.descriptor, new bytes32[](5));
        refuse(m, h, Tree.WrongProofLength.selector);
    }

    function test_N4_AGoodNodeIsNotDecidedWithoutItsMachine() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        vm.expectRevert(Transitions.WrongMove.selector);
        vm.prank(challenger);
        opml.showNode(m.position, h.pick, h.revealed, h.proof);
    }

    /// The liar's last resort: a node of the padding run as if it were one of the model.
    function test_N5_ADecidedNodeHasNoMachine() public {
        Match memory m = begin(truth(), lie(Lie.Padding, 3));
        move(m);
        m.node = 3;
        HandOver memory h;
        h.pick = 3;
        h.revealed = reveal(m.phase, 3, true);
        h.proof = nodeProof(3);
        h.run.finalState = new bytes(208);
        refuse(m, h, Transitions.WrongMove.selector);
        h.proof = nodeProof(1);
        refuse(m, h, Transitions.WrongNode.selector);
    }

    function test_N6_OtherOperandsAreRefused() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        bytes memory good = h.run.values.values;
        h.run.values.values[40] ^= 0x01;
        refuse(m, h, Transitions.WrongOperands.selector);
        h.run.values.values[40] ^= 0x01;
        h.run.values.values[3] ^= 0x01; // another value's number
        refuse(m, h, Transitions.WrongOperands.selector);
        h.run.values.values = abi.encodePacked(good, uint8(0));
        refuse(m, h, Context.WrongOpeningLength.selector);
    }

    function test_N6_OperandsOfAnotherContextAreRefused() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        h.run.values = nodeValues(2);
        refuse(m, h, Transitions.WrongOperands.selector);
    }

    function test_N6_ValuesInAnotherOrderOrTwiceAreRefused() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        bytes memory good = h.run.values.values;
        bytes memory first = slice(good, 0);
        bytes memory second = slice(good, 1);
        bytes memory third = slice(good, 2);
        h.run.values.values = abi.encodePacked(second, first, third);
        refuse(m, h, Tree.WrongProofLength.selector);
        h.run.values.values = abi.encodePacked(first, second, second, third);
        refuse(m, h, Tree.WrongProofLength.selector);
        h.run.values.values = abi.encodePacked(good, uint32(8), bytes32(0));
        refuse(m, h, Tree.MisplacedSubtree.selector);
    }

    function slice(bytes memory values, uint256 entry) private pure returns (bytes memory part) {
        part = new bytes(36);
        for (uint256 i = 0; i < 36; ++i) {
            part[i] = values[36 * entry + i];
        }
    }

    function test_N6_EveryOperandHasToBeOpened() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        bytes32[] memory roots = new bytes32[](5);
        (roots[0], roots[1], roots[2]) = (m.challenger.roots[0], m.challenger.roots[1], m.challenger.roots[2]);
        h.run.values = openingOf(model(), roots, 2);
        vm.expectRevert(abi.encodeWithSelector(Context.NotOpened.selector, 0));
        send(m, h);
    }

    function test_N7_AFinalStateHas208Bytes() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        bytes memory good = h.run.finalState;
        h.run.finalState = abi.encodePacked(good, uint8(0));
        refuse(m, h, Transitions.WrongFinalState.selector);
        h.run.finalState = new bytes(207);
        refuse(m, h, Transitions.WrongFinalState.selector);
    }

    /// Halted is 1, and exit codes have 32 bits: everything else is a failure, which shows no results.
    function test_N7_WhatIsNotASuccessIsAFailure() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        uint8[3] memory statuses = [0, 2, 3];
        for (uint256 i = 0; i < 3; ++i) {
            h.run.finalState[140] = bytes1(statuses[i]);
            refuse(m, h, Transitions.WrongFinalState.selector);
        }
        h.run.finalState[140] = 0x01;
        for (uint256 i = 28; i < 32; ++i) {
            h.run.finalState[i] = 0x01;
            refuse(m, h, Transitions.WrongFinalState.selector);
            h.run.finalState[i] = 0;
        }
        h.run.finalState[30] = 0x01;
        h.run.results = new bytes32[](0);
        h.run.siblings = new bytes32[](0);
        h.section[15] = keccak256(h.run.finalState);
        send(m, h);
    }

    function test_N8_OtherResultsThanTheFinalMemorysAreRefused() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        h.run.results[0] ^= bytes32(uint256(1));
        refuse(m, h, Transitions.WrongFinalState.selector);
        h.run.results[0] ^= bytes32(uint256(1));
        bytes32[] memory siblings = h.run.siblings;
        h.run.siblings = new bytes32[](siblings.length + 1);
        refuse(m, h, Tree.WrongProofLength.selector);
        h.run.siblings = new bytes32[](siblings.length - 1);
        refuse(m, h, Tree.WrongProofLength.selector);
        h.run.siblings = siblings;
        bytes32[] memory results = h.run.results;
        h.run.results = new bytes32[](0);
        refuse(m, h, Transitions.WrongFinalState.selector);
        h.run.results = new bytes32[](2);
        (h.run.results[0], h.run.results[1]) = (results[0], results[0]);
        refuse(m, h, Transitions.WrongFinalState.selector);
    }

    /// Who defends a wrong context cannot enter with the true machine.
    function test_N9_TheNextContextHasToDifferFromTheClaim() public {
        Match memory m = begin(truth(), lie(Lie.Value, 1));
        move(m);
        m.node = 1;
        addStates(m);
        HandOver memory h;
        h.pick = 1;
        h.revealed = reveal(m.phase, 1, true);
        h.proof = nodeProof(1);
        Match memory honest = m;
        honest.challenger = m.server;
        h.run = nodeRun(honest);
        h.section[15] = keccak256(h.run.finalState);
        refuse(m, h, Transitions.ClaimHolds.selector);
    }

    function test_N10_TheSectionEndsWithTheFinalState() public {
        (Match memory m, HandOver memory h) = beforeHandOver();
        h.section[15] = keccak256("another state");
        refuse(m, h, Transitions.WrongFinalState.selector);
    }

    // ---- The final step ----

    /// The honest challenger is about to execute a step.
    function beforeStep(uint256 step) private returns (Match memory m, uint256 pick) {
        m = begin(lie(Lie.Value, 1), truth());
        m.lieStep = step;
        for (uint256 i = 0; i < 3; ++i) {
            move(m);
        }
        pick = pickFor(m, m.challenger.states);
    }

    function test_L2_AWitnessIsForTheStepContract() public {
        (Match memory m, uint256 pick) = beforeStep(37);
        Revealed memory r = reveal(m.phase, pick, false);
        vm.expectRevert(Transitions.WrongWitness.selector);
        vm.prank(challenger);
        opml.executeStep(m.position, pick, r, "");
        vm.expectRevert(Transitions.WrongWitness.selector);
        vm.prank(challenger);
        opml.executeStep(m.position, pick, r, new bytes(209));
    }

    function test_L3_TheStepBeginsAtTheAgreedState() public {
        (Match memory m, uint256 pick) = beforeStep(37);
        Revealed memory r = reveal(m.phase, pick, false);
        // A halted machine is a valid witness of itself.
        bytes memory halted = new bytes(208);
        halted[140] = 0x01;
        vm.expectRevert(Transitions.WrongStart.selector);
        vm.prank(challenger);
        opml.executeStep(m.position, pick, r, halted);
    }

    function test_L3_ATrueClaimCannotBeBeaten() public {
        Match memory m = begin(truth(), lie(Lie.Value, 1));
        m.lieStep = 37;
        for (uint256 i = 0; i < 3; ++i) {
            move(m);
        }
        uint256 pick = pickFor(m, m.challenger.states);
        bytes memory call_ = stepCall(m, pick);
        vm.expectRevert(Transitions.ClaimHolds.selector);
        vm.prank(challenger);
        (bool accepted,) = address(opml).call(call_);
        accepted;
    }
}
