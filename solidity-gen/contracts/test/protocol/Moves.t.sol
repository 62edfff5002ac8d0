// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Games, Position} from "../../src/Games.sol";
import {History, Revealed} from "../../src/History.sol";
import {Status} from "../../src/Jobs.sol";
import {Jobs} from "../../src/Jobs.sol";
import {Transitions} from "../../src/Transitions.sol";
import {Tree} from "../../src/Tree.sol";
import {vm} from "../Vm.sol";
import {Lie} from "./Belief.sol";
import {Match, Play} from "./Play.sol";
import {Oddity, Shape} from "./TestModel.sol";

/// What a move may be, whoever makes it: checks G1 to G9 of docs/protocol.md.
contract MovesTest is Play {
    function setUp() public {
        open(Shape(3, 8, 40, Oddity.None, 0, ""));
    }

    /// A lying server against an honest challenger; the server moves.
    function lyingServer() private returns (Match memory) {
        return begin(lie(Lie.Value, 1), truth());
    }

    function section(string memory what) private pure returns (bytes32[16] memory values) {
        for (uint256 i = 0; i < 16; ++i) {
            values[i] = keccak256(abi.encode(what, i));
        }
    }

    // ---- G1: the state that a move answers ----

    function testFuzz_G1_AnotherStateThanTheStoredOneIsStale(uint8 word, uint8 bit) public {
        Position memory p = lyingServer().position;
        uint256 flip = 1 << bit;
        if (word % 4 == 0) p.jobId ^= bytes32(flip);
        else if (word % 4 == 1) p.game.progress ^= flip;
        else if (word % 4 == 2) p.game.identity ^= flip;
        else p.accumulator ^= bytes32(flip);
        vm.expectRevert(Games.StaleMove.selector);
        vm.prank(server);
        opml.divide(p, 0, section("any"));
    }

    function test_G1_AnsweringASectionThatAReorganisationRemovedIsStale() public {
        Match memory m = lyingServer();
        uint256 before = vm.snapshotState();
        vm.prank(server);
        vm.recordLogs();
        opml.divide(m.position, 0, section("removed"));
        Position memory removed = lastPosition();
        vm.revertToState(before);
        vm.warp(block.timestamp + 12);
        vm.prank(server);
        opml.divide(m.position, 0, section("removed"));
        // The same section, one block later: even that is another state.
        vm.expectRevert(Games.StaleMove.selector);
        vm.prank(challenger);
        opml.divide(removed, 3, section("answer"));
    }

    function test_G1_AMoveCannotBeReplayedInAnotherGame() public {
        Match memory m = lyingServer();
        vm.recordLogs();
        bytes32 claim = truth().contexts[16];
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(terms(), 0, 7, claim, outputsOf(truth()));
        Position memory other = lastPosition();
        vm.prank(server);
        opml.divide(m.position, 0, section("one"));
        Position memory mixed = Position(jobId, other.game, m.position.accumulator);
        vm.assertEq(mixed.accumulator, other.accumulator, "both games began alike");
        vm.prank(server);
        vm.recordLogs();
        opml.divide(other, 0, section("other"));
        Position memory second = lastPosition();
        second.accumulator = keccak256(abi.encodePacked(other.accumulator, uint8(0), levels(section("one"))[4][0]));
        vm.expectRevert(Games.StaleMove.selector);
        vm.prank(challenger);
        opml.divide(second, 3, section("answer"));
    }

    // ---- G2: whose turn it is ----

    function test_G2_OnlyTheSideToMoveMoves() public {
        Match memory m = lyingServer();
        address[3] memory others = [challenger, stranger, requester];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(Games.NotYourTurn.selector);
            vm.prank(others[i]);
            opml.divide(m.position, 0, section("any"));
        }
        move(m);
        address[3] memory rest = [server, stranger, requester];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(Games.NotYourTurn.selector);
            vm.prank(rest[i]);
            opml.divide(m.position, 0, section("any"));
        }
    }

    function test_G2_NobodyMovesTwice() public {
        Match memory m = lyingServer();
        Position memory first = m.position;
        move(m);
        vm.expectRevert(Games.StaleMove.selector);
        vm.prank(server);
        opml.divide(first, 0, section("again"));
        vm.expectRevert(Games.NotYourTurn.selector);
        vm.prank(server);
        opml.divide(m.position, 0, section("again"));
    }

    // ---- G3, G4: clocks ----

    function test_G3_TheLastSecondOfAClockCounts() public {
        Match memory m = lyingServer();
        vm.warp(block.timestamp + clock);
        vm.expectRevert(Games.ClockRuns.selector);
        opml.callTime(m.position);
        vm.prank(server);
        opml.divide(m.position, 0, section("in time"));
    }

    function test_G3_NoMoveAfterTheClock() public {
        Match memory m = lyingServer();
        vm.warp(block.timestamp + clock + 1);
        vm.expectRevert(Games.ClockRanOut.selector);
        vm.prank(server);
        opml.divide(m.position, 0, section("late"));
    }

    function test_G3_TheTimeOfAllMovesAddsUp() public {
        Match memory m = begin(lie(Lie.Value, 1), truth());
        vm.warp(block.timestamp + clock - 10);
        move(m); // server
        vm.warp(block.timestamp + clock - 5);
        move(m); // challenger, into the node
        vm.warp(block.timestamp + 11);
        vm.expectRevert(Games.ClockRanOut.selector);
        vm.prank(server);
        opml.divide(m.position, 0, section("late"));
        vm.warp(block.timestamp - 1);
        move(m); // server, with its last second
        vm.warp(block.timestamp + 6);
        vm.prank(stranger);
        opml.callTime(m.position);
        vm.assertEq(opml.balances(server), 0.5 ether, "the challenger's clock has run out");
    }

    function test_G4_AnyoneCallsTimeForTheOtherSide() public {
        Match memory m = lyingServer();
        vm.warp(block.timestamp + clock + 1);
        vm.prank(stranger);
        opml.callTime(m.position);
        vm.assertEq(opml.balances(challenger), 1.5 ether, "bond and half of the server's");
        vm.assertEq(opml.balances(stranger), 0, "nothing for the caller");
        vm.expectRevert(Games.StaleMove.selector);
        opml.callTime(m.position);
    }

    // ---- G5: levels ----

    function test_G5_NoSectionOfASingleTransition() public {
        Match memory m = lyingServer();
        move(m);
        vm.expectRevert(Games.WrongLevel.selector);
        vm.prank(challenger);
        opml.divide(m.position, 1, section("of one node"));
        move(m);
        move(m);
        vm.expectRevert(Games.WrongLevel.selector);
        vm.prank(challenger);
        opml.divide(m.position, 1, section("of one step"));
    }

    function test_G5_NoTransitionOfMany() public {
        Match memory m = lyingServer();
        Revealed memory revealed = reveal(m.phase, 0, true);
        vm.expectRevert(Games.WrongLevel.selector);
        vm.prank(server);
        opml.showNode(m.position, 0, revealed, nodeProof(0));
        vm.expectRevert(Games.WrongLevel.selector);
        vm.prank(server);
        opml.executeStep(m.position, 0, revealed, guestWitness());
        move(m);
        move(m);
        revealed = reveal(m.phase, 0, true);
        vm.expectRevert(Games.WrongLevel.selector);
        vm.prank(server);
        opml.executeStep(m.position, 0, revealed, guestWitness());
        vm.expectRevert(Games.WrongLevel.selector);
        vm.prank(server);
        opml.showNode(m.position, 0, revealed, nodeProof(0));
    }

    function test_G5_NoStepInThePhaseOfNodes() public {
        Match memory m = lyingServer();
        move(m);
        Revealed memory revealed = reveal(m.phase, 0, true);
        vm.expectRevert(Games.WrongLevel.selector);
        vm.prank(challenger);
        opml.executeStep(m.position, 0, revealed, guestWitness());
    }

    function guestWitness() private pure returns (bytes memory) {
        return new bytes(208);
    }

    // ---- G6: picks ----

    function test_G6_PicksAreBelow16() public {
        Match memory m = begin(lie(Lie.Value, 1), truth());
        move(m);
        move(m);
        uint256[4] memory picks = [uint256(16), 255, 256, type(uint256).max];
        for (uint256 i = 0; i < picks.length; ++i) {
            vm.expectRevert(History.WrongPick.selector);
            vm.prank(server);
            opml.divide(m.position, picks[i], section("any"));
        }
    }

    // ---- G7: a section that ends with the claim that it attacks ----

    function test_G7_TheFirstSectionEndsWithTheClaim() public {
        Match memory m = lyingServer();
        bytes32[16] memory concession = section("inside");
        concession[15] = m.phase.origin[2];
        divideWith(m, 0, concession);
        showEqualEnds(m, challenger);
        assertStatus(Status.Open, "the server has conceded");
    }

    function test_G7_ALaterSectionEndsWithTheClaim() public {
        Match memory m = begin(lie(Lie.Value, 1), truth());
        move(m);
        move(m); // the challenger's section of steps
        bytes32[16] memory concession = section("inside");
        concession[15] = m.phase.sections[0][4];
        divideWith(m, 4, concession);
        showEqualEnds(m, challenger);
        assertStatus(Status.Open, "the server has conceded");
    }

    function divideWith(Match memory m, uint256 pick, bytes32[16] memory values) private {
        vm.recordLogs();
        vm.prank(moverAddress(m));
        opml.divide(m.position, pick, values);
        passTurn(m, pick, values);
    }

    function showEqualEnds(Match memory m, address who) private {
        Revealed memory revealed = equalEnds(m.phase);
        vm.prank(who);
        opml.showEqualEnds(m.position, revealed);
    }

    function test_G7_EndsThatDifferAreNotEqual() public {
        Match memory m = lyingServer();
        move(m);
        Revealed memory revealed = equalEnds(m.phase);
        vm.expectRevert(History.WrongValue.selector);
        vm.prank(challenger);
        opml.showEqualEnds(m.position, revealed);
        revealed.claimed = m.phase.origin[2];
        vm.expectRevert(History.WrongValue.selector);
        vm.prank(challenger);
        opml.showEqualEnds(m.position, revealed);
    }

    function test_G7_TheEndOfAnotherClaimIsNoConcession() public {
        Match memory m = lyingServer();
        move(m);
        move(m);
        // Ends as part 3 of the section before did, but answers part 4.
        bytes32[16] memory values = section("inside");
        values[15] = m.phase.sections[0][3];
        divideWith(m, 4, values);
        Revealed memory revealed = equalEnds(m.phase);
        vm.expectRevert(History.WrongValue.selector);
        vm.prank(challenger);
        opml.showEqualEnds(m.position, revealed);
        revealed.sections[0] = bytes1(uint8(3));
        vm.expectRevert(History.WrongHistory.selector);
        vm.prank(challenger);
        opml.showEqualEnds(m.position, revealed);
    }

    function test_G7_TheFirstSectionOfStepsAttacksNoState() public {
        Match memory m = lyingServer();
        move(m);
        move(m);
        Revealed memory revealed = equalEnds(m.phase);
        vm.expectRevert(History.WrongValue.selector);
        vm.prank(server);
        opml.showEqualEnds(m.position, revealed);
    }

    function test_G7_BeforeAnySectionThereIsNothingToShow() public {
        Match memory m = lyingServer();
        Revealed memory revealed = reveal(m.phase, 0, true);
        vm.expectRevert(History.WrongHistory.selector);
        vm.prank(server);
        opml.showEqualEnds(m.position, revealed);
    }

    // ---- H1, H2: the history ----

    function test_H1_AnotherHistoryIsRefused() public {
        Match memory m = begin(lie(Lie.Value, 1), truth());
        for (uint256 i = 0; i < 3; ++i) {
            move(m);
        }
        uint256 pick = pickFor(m, m.challenger.states);
        Revealed memory r = reveal(m.phase, pick, true);
        bytes memory good = r.sections;
        r.sections = abi.encodePacked(good, uint8(0), bytes32(0));
        refuse(m, pick, r, History.WrongHistory.selector);
        r.sections = abi.encodePacked(good, uint8(0));
        refuse(m, pick, r, History.WrongHistory.selector);
        r.sections = new bytes(33);
        refuse(m, pick, r, History.WrongHistory.selector);
        r.sections = "";
        refuse(m, pick, r, History.WrongHistory.selector);
        r.sections = good;
        r.base ^= bytes32(uint256(1));
        refuse(m, pick, r, History.WrongHistory.selector);
        r.base ^= bytes32(uint256(1));
        r.origin[1] ^= bytes32(uint256(1));
        refuse(m, pick, r, History.WrongHistory.selector);
        r.origin = new bytes32[](2);
        refuse(m, pick, r, History.WrongHistory.selector);
    }

    function test_H2_OtherValuesAreRefused() public {
        Match memory m = begin(lie(Lie.Value, 1), truth());
        m.lieStep = 37;
        for (uint256 i = 0; i < 3; ++i) {
            move(m);
        }
        uint256 pick = pickFor(m, m.challenger.states);
        vm.assertTrue(pick != 0, "both values stand in the last section");
        Revealed memory r = reveal(m.phase, pick, false);
        r.claimed ^= bytes32(uint256(1));
        refuse(m, pick, r, History.WrongValue.selector);
        r.claimed ^= bytes32(uint256(1));
        r.agreed ^= bytes32(uint256(1));
        refuse(m, pick, r, History.WrongValue.selector);
        r.agreed ^= bytes32(uint256(1));
        refuse(m, pick ^ 1, r, Tree.WrongProofLength.selector);
        refuse(m, 16, r, History.WrongPick.selector);
        bytes32[] memory siblings = r.siblings;
        r.siblings = new bytes32[](siblings.length + 1);
        refuse(m, pick, r, Tree.WrongProofLength.selector);
        r.siblings = new bytes32[](siblings.length - 1);
        refuse(m, pick, r, Tree.WrongProofLength.selector);
        r.siblings = siblings;
        r.earlierSiblings = new bytes32[](1);
        refuse(m, pick, r, Tree.WrongProofLength.selector);
    }

    /// With pick 0 the agreed value stands in an earlier section, or at the very beginning.
    function test_H2_TheAgreedValueIsTheOneBeforeThePart() public {
        Match memory m = begin(lie(Lie.Value, 0), truth());
        for (uint256 i = 0; i < 3; ++i) {
            move(m);
        }
        vm.assertEq(pickFor(m, m.challenger.states), 0, "the lie begins with the node");
        Revealed memory r = reveal(m.phase, 0, false);
        r.agreed = keccak256("some other state");
        refuse(m, 0, r, History.WrongValue.selector);
        Revealed memory partly = reveal(m.phase, 0, false);
        partly.origin = new bytes32[](0);
        refuse(m, 0, partly, History.WrongHistory.selector);
    }

    function refuse(Match memory m, uint256 pick, Revealed memory revealed, bytes4 why) private {
        bytes memory witness = guestWitness();
        vm.expectRevert(why);
        vm.prank(moverAddress(m));
        opml.executeStep(m.position, pick, revealed, witness);
    }

    // ---- Calldata ----

    function test_CutOffCalldataIsRefused() public {
        Match memory m = begin(lie(Lie.Value, 1), truth());
        for (uint256 i = 0; i < 3; ++i) {
            move(m);
        }
        bytes memory good = stepCall(m, pickFor(m, m.challenger.states));
        // The last word is padding in part.
        for (uint256 length = 0; length + 32 < good.length; length += 7) {
            bytes memory cut = new bytes(length);
            for (uint256 i = 0; i < length; ++i) {
                cut[i] = good[i];
            }
            vm.prank(challenger);
            (bool accepted,) = address(opml).call(cut);
            vm.assertFalse(accepted, "a move with its end missing");
        }
        vm.prank(challenger);
        (bool won,) = address(opml).call(abi.encodePacked(good, keccak256("behind the end")));
        vm.assertTrue(won, "what follows a move changes nothing");
    }

    /// The liar's own final step, with any byte changed.
    function test_NoChangedByteWinsForTheLiar() public {
        Match memory m = begin(truth(), lie(Lie.Value, 1));
        m.lieStep = 37;
        for (uint256 i = 0; i < 3; ++i) {
            move(m);
        }
        bytes memory call_ = stepCall(m, pickFor(m, m.challenger.states));
        for (uint256 i = 0; i < call_.length; ++i) {
            tamper(call_, i, 0x01);
            tamper(call_, i, 0xff);
        }
    }

    function tamper(bytes memory call_, uint256 position, bytes1 mask) private {
        call_[position] ^= mask;
        vm.prank(challenger);
        (bool accepted,) = address(opml).call{gas: 1_000_000}(call_);
        vm.assertFalse(accepted, "the liar cannot win by a step");
        call_[position] ^= mask;
    }
}
