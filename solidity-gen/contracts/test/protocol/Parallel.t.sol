// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Games, Position} from "../../src/Games.sol";
import {Jobs, Status} from "../../src/Jobs.sol";
import {Terms} from "../../src/Terms.sol";
import {vm} from "../Vm.sol";
import {Arena} from "./Arena.sol";
import {Lie} from "./Belief.sol";
import {Oddity, Shape} from "./TestModel.sol";

/// Several games about one result: G8, G9. Who moves in them does not matter here, only whose clock runs out.
contract ParallelTest is Arena {
    function setUp() public {
        open(Shape(3, 4, 1, Oddity.None, 0, ""));
    }

    /// The server moves, so that the challenger's clock runs.
    function serverMoves(Position memory p) private returns (Position memory) {
        bytes32[16] memory section;
        vm.recordLogs();
        vm.prank(server);
        opml.divide(p, 0, section);
        return lastPosition();
    }

    function test_G8_AResultDiesWithTheFirstGameItLoses() public {
        answer(lie(Lie.Value, 1));
        Position memory first = challenge(truth());
        Position memory second = challengeAs(stranger, truth());
        vm.warp(block.timestamp + clock + 1);
        opml.callTime(first);
        assertStatus(Status.Open, "dead");
        vm.assertEq(wealth(challenger), purse + 0.5 ether, "the first winner gets half of the server's bond");
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Open));
        opml.callTime(second);
        opml.reclaim(second);
        vm.assertEq(wealth(stranger), purse, "the other challenger gets its bond back");
        vm.expectRevert(Games.StaleMove.selector);
        opml.reclaim(second);
        // The fee, 2.5 due to the challengers, and half a bond that is burned.
        vm.assertEq(address(opml).balance, 4 ether, "no ether is lost or made");
    }

    function test_G9_TheServerOfADeadResultCannotWinAnyMore() public {
        answer(lie(Lie.Value, 1));
        Position memory first = challenge(truth());
        Position memory second = serverMoves(challengeAs(stranger, truth()));
        vm.warp(block.timestamp + clock + 1);
        opml.callTime(first);
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Open));
        vm.prank(server);
        opml.callTime(second);
        // Not even when the job has a result again.
        answer(truth());
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Answered));
        vm.prank(server);
        opml.callTime(second);
        opml.reclaim(second);
        vm.assertEq(wealth(stranger), purse, "bond returned");
        vm.assertEq(uint256(jobState().games), 0, "the new result has no games");
    }

    function test_G9_ABondInPlayIsNotReclaimed() public {
        answer(lie(Lie.Value, 1));
        Position memory p = challenge(truth());
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Answered));
        opml.reclaim(p);
    }

    function test_AnHonestServerIsPaidForEveryGame() public {
        answer(truth());
        address[3] memory liars = [challenger, stranger, requester];
        for (uint256 i = 0; i < 3; ++i) {
            serverMovesAndWins(liars[i]);
        }
        vm.assertEq(opml.balances(server), 1.5 ether, "half of each bond");
        Terms memory t = terms();
        vm.warp(block.timestamp + 4 days);
        opml.finalize(t);
        vm.assertEq(wealth(server), purse + 2.5 ether, "and the fee");
        vm.assertEq(wealth(challenger), purse - 1 ether, "the liar has lost its bond");
    }

    function serverMovesAndWins(address liar) private {
        uint256 now_ = block.timestamp;
        Position memory p = serverMoves(challengeAs(liar, lie(Lie.Value, 1)));
        vm.warp(now_ + clock + 1);
        opml.callTime(p);
        vm.warp(now_);
    }

    /// The server loses to an account of its own before the honest challenger wins.
    function test_ALiarLosesByLosingToItself() public {
        answer(lie(Lie.Value, 1));
        Position memory honest = challenge(truth());
        Position memory sybil = challengeAs(stranger, truth());
        vm.warp(block.timestamp + clock + 1);
        opml.callTime(sybil);
        opml.reclaim(honest);
        vm.assertEq(wealth(server) + wealth(stranger), 2 * purse - 0.5 ether, "half of its bond is gone");
        vm.assertEq(wealth(challenger), purse, "the honest one has lost only its gas");
        assertStatus(Status.Open, "and the lie is dead");
    }

    /// A sybil with the true claim lets its clock run out; within the window somebody else takes the claim up.
    function test_AGameThatIsThrownLeavesTimeForAnother() public {
        answer(lie(Lie.Value, 1));
        Position memory sybil = challengeAs(stranger, truth());
        // As slow as can be: server and sybil use their clocks up.
        vm.warp(block.timestamp + clock);
        sybil = serverMoves(sybil);
        vm.warp(block.timestamp + clock + 1);
        opml.callTime(sybil);
        assertStatus(Status.Answered, "the lie lives");
        Position memory honest = challenge(truth());
        vm.warp(block.timestamp + clock + 1);
        opml.callTime(honest);
        assertStatus(Status.Open, "and dies");
    }
}
