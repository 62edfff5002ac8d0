// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Status} from "../../src/Jobs.sol";
import {vm} from "../Vm.sol";
import {Lie} from "./Belief.sol";
import {Match, Play} from "./Play.sol";
import {Oddity, Shape} from "./TestModel.sol";

/// Whole games, to the end, in both directions: the side that says the truth wins, and has more than before.
contract DisputeTest is Play {
    /// A lie of the server and of the challenger about this node of the open job's model, from this step on.
    function checkBoth(Lie kind, uint256 node, uint256 step) private {
        uint256 before = vm.snapshotState();
        // Calls of their own, so that each game begins with empty memory.
        this.checkHonestChallengerWins(kind, node, step);
        vm.revertToState(before);
        this.checkHonestServerWins(kind, node, step);
        vm.revertToState(before);
    }

    function checkHonestChallengerWins(Lie kind, uint256 node, uint256 step) external {
        Match memory m = begin(lie(kind, node), truth());
        m.lieStep = step;
        playOut(m);
        vm.assertEq(wealth(challenger), purse + 0.5 ether, "the challenger has half of the server's bond");
        vm.assertEq(wealth(server), purse - 1 ether, "the lying server has lost its bond");
        assertStatus(Status.Open, "the job is open again");
        vm.assertEq(address(opml).balance, 3 ether, "fee, challenger's bond and bounty, and what is burned");
    }

    function checkHonestServerWins(Lie kind, uint256 node, uint256 step) external {
        Match memory m = begin(truth(), lie(kind, node));
        m.lieStep = step;
        playOut(m);
        vm.assertEq(wealth(challenger), purse - 1 ether, "the lying challenger has lost its bond");
        assertStatus(Status.Answered, "the result lives");
        vm.warp(block.timestamp + 5 days);
        opml.finalize(terms());
        vm.assertEq(wealth(server), purse + 1.5 ether, "the server has the fee and half of the challenger's bond");
    }

    function openGood(uint256 nodes, uint8 stepBits, uint16 iterations) private {
        open(Shape(nodes, stepBits, iterations, Oddity.None, 0, ""));
    }

    function test_WrongValueOfEveryNode() public {
        openGood(3, 8, 40);
        for (uint256 node = 0; node < 3; ++node) {
            checkBoth(Lie.Value, node, 40 * node);
        }
    }

    function test_WrongStateFromTheFirstStepToTheLast() public {
        openGood(3, 8, 40);
        uint256[6] memory steps = [uint256(1), 15, 16, 127, 240, 255];
        for (uint256 i = 0; i < steps.length; ++i) {
            checkBoth(Lie.Value, 1, steps[i]);
        }
    }

    function test_FailureThatIsNone() public {
        openGood(3, 8, 40);
        checkBoth(Lie.Fails, 0, 17);
        checkBoth(Lie.Fails, 2, 250);
    }

    function test_SkippedNode() public {
        openGood(3, 8, 40);
        checkBoth(Lie.Skipped, 0, 3);
        checkBoth(Lie.Skipped, 2, 3);
    }

    function test_ContextThatChangesBehindTheLastNode() public {
        openGood(3, 8, 40);
        checkBoth(Lie.Padding, 3, 0);
        checkBoth(Lie.Padding, 15, 0);
    }

    /// Two levels of sections over nodes: the node's index is put together from picks.
    function test_WrongValueInEveryPartOfALargeGraph() public {
        openGood(20, 4, 1);
        checkBoth(Lie.Value, 0, 0);
        checkBoth(Lie.Value, 16, 8);
        checkBoth(Lie.Value, 19, 15);
    }

    function test_ContextThatChangesBehindALargeGraph() public {
        openGood(20, 4, 1);
        checkBoth(Lie.Padding, 20, 0);
        checkBoth(Lie.Padding, 255, 0);
    }

    /// --phases=1: the first move of the server goes into the only node.
    function test_OneNode() public {
        openGood(1, 8, 30);
        checkBoth(Lie.Value, 0, 0);
        checkBoth(Lie.Value, 0, 100);
        checkBoth(Lie.Fails, 0, 50);
    }

    function test_ThreeLevelsOfSteps() public {
        openGood(2, 12, 300);
        checkBoth(Lie.Value, 1, 517);
    }

    /// Zero in its lowest byte, and a failure.
    function test_ExitCode256SaidToWork() public {
        open(Shape(3, 4, 1, Oddity.Exits256, 1, ""));
        checkBoth(Lie.Value, 1, 2);
    }

    function test_TrapSaidToWork() public {
        open(Shape(3, 4, 1, Oddity.Traps, 1, ""));
        checkBoth(Lie.Value, 1, 0);
    }

    function test_EndlessNodeSaidToWork() public {
        open(Shape(3, 8, 1, Oddity.NeverHalts, 1, ""));
        checkBoth(Lie.Value, 1, 200);
    }

    /// FAILED is followed by nothing but FAILED.
    function test_RunSaidToRecoverFromAFailure() public {
        open(Shape(3, 4, 1, Oddity.Traps, 1, ""));
        checkBoth(Lie.Padding, 2, 0);
        checkBoth(Lie.Padding, 9, 0);
    }

    /// Its operand overlaps its result: nobody has to run it.
    function test_MalformedNodeSaidToWorkOrToBeSkipped() public {
        bytes memory head = abi.encodePacked(uint32(0), uint32(0x20), uint8(3), uint8(8), uint16(1), uint16(1));
        bytes memory slots = abi.encodePacked(uint32(2), uint32(0x80), uint8(1), uint32(3), uint32(0xa0), uint8(0));
        open(Shape(3, 8, 1, Oddity.Descriptor, 1, abi.encodePacked(head, slots)));
        checkBoth(Lie.Value, 1, 0);
        checkBoth(Lie.Skipped, 1, 0);
    }
}
