// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Games, Position} from "../../src/Games.sol";
import {Terms} from "../../src/Terms.sol";
import {vm, Vm} from "../Vm.sol";
import {Belief, Lie} from "./Belief.sol";
import {Match, Play} from "./Play.sol";
import {Oddity, Shape} from "./TestModel.sol";

/// Two jobs that differ in their nonces only, played in the same seconds by the same players.
contract ReplayTest is Play {
    bytes32 private otherJob;

    function setUp() public {
        open(Shape(3, 8, 40, Oddity.None, 0, ""));
    }

    /// The other job, answered and challenged as the first.
    function challengeOther(Belief memory says, Belief memory challengerSays) private returns (Position memory p) {
        Terms memory t = goodTerms(model().root);
        t.nonce = 1;
        vm.recordLogs();
        vm.prank(requester);
        otherJob = opml.request{value: 1 ether}(t, inputTensors(), inputSiblings(model()));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (t,) = abi.decode(logs[0].data, (Terms, string));
        vm.prank(server);
        opml.answer{value: 1 ether}(t, outputRootOf(says), 0, new bytes[](0));
        bytes32 claim = challengerSays.contexts[challengerSays.contexts.length - 1];
        vm.recordLogs();
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 0, 0, claim, outputsOf(challengerSays));
        p = lastPosition();
        p.jobId = otherJob;
    }

    function junk(uint256 seed) private pure returns (bytes32[16] memory section) {
        for (uint256 i = 0; i < 16; ++i) {
            section[i] = keccak256(abi.encode(seed, i));
        }
    }

    function test_G1_AMoveCannotBeReplayedInAnotherJob() public {
        (Belief memory liar, Belief memory honest) = (lie(Lie.Value, 1), truth());
        Match memory m = begin(liar, honest);
        Position memory other = challengeOther(liar, honest);
        vm.assertEq(other.accumulator, m.position.accumulator, "both games began alike");
        vm.assertEq(other.game.progress, m.position.game.progress, "and are alike");
        vm.recordLogs();
        vm.prank(server);
        opml.divide(m.position, 0, junk(1));
        Position memory replayed = lastPosition();
        vm.prank(server);
        opml.divide(other, 0, junk(2));
        // What answers the first game's section says nothing in the second.
        replayed.jobId = otherJob;
        vm.expectRevert(Games.StaleMove.selector);
        vm.prank(challenger);
        opml.divide(replayed, 3, junk(3));
    }
}
