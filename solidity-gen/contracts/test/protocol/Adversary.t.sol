// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {GasBounds} from "../../src/GasBounds.sol";
import {Status} from "../../src/Jobs.sol";
import {vm} from "../Vm.sol";
import {Belief, Lie} from "./Belief.sol";
import {Match, Play} from "./Play.sol";
import {Oddity, Shape} from "./TestModel.sol";

/// An honest player against one that does anything: it wins, and ends with more than it began with, gas at the fee cap
/// included, even if the bond is the least that the contract takes.
/// forge-config: default.isolate = true
/// forge-config: default.fuzz.runs = 40
/// forge-config: nightly.fuzz.runs = 2000
contract AdversaryTest is Play {
    function setUp() public {
        open(Shape(3, 8, 20, Oddity.None, 0, ""));
    }

    function testFuzz_AnHonestChallengerBeatsAnyServer(uint256 seed) public {
        Match memory m = begin(lie(Lie.Value, seed % 3), truth());
        play(m, true, seed);
        vm.assertEq(wealth(challenger), purse + 0.5 ether, "half of the server's bond");
        assertStatus(Status.Open, "the lie is dead");
        withdraw(challenger);
        assertGains(challenger, 1, 0);
    }

    function testFuzz_AnHonestServerBeatsAnyChallenger(uint256 seed) public {
        uint256 games = 1 + seed % 3;
        Match memory m = begin(truth(), lie(Lie.Value, seed % 3));
        play(m, false, seed);
        for (uint256 i = 1; i < games; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            play(beginChallenge(truth(), lie(Lie.Value, seed % 3)), false, seed);
        }
        assertStatus(Status.Answered, "the truth lives");
        vm.assertEq(wealth(server), purse - 1 ether + games * 0.5 ether, "its own bond comes with finality");
        vm.warp(block.timestamp + 4 days);
        opml.finalize(terms());
        countGas(server);
        withdraw(server);
        assertGains(server, games, 1 ether);
    }

    function withdraw(address who) private {
        vm.prank(who);
        opml.withdraw(payable(who));
        countGas(who);
    }

    /// With the least bond, of which each game that is won brings half.
    function assertGains(address who, uint256 games, uint256 fee) private view {
        uint256 leastBond = 2 * GasBounds.game(model().header, 1) * feeCap;
        vm.assertTrue(
            gasOf[who] > (games + 1) * 21_000, "a challenge or an answer, a move or a call of time in each game"
        );
        vm.assertTrue(games * leastBond / 2 + fee > gasOf[who] * feeCap, "the honest side gains at the fee cap");
    }

    function play(Match memory m, bool serverIsWild, uint256 seed) private {
        bool goesOn = true;
        while (goesOn) {
            seed = uint256(keccak256(abi.encode(seed)));
            goesOn = m.serverMoves == serverIsWild ? wildMove(m, seed) : move(m);
        }
    }

    function wildMove(Match memory m, uint256 seed) private returns (bool) {
        if (seed % 16 == 0) return loseByTime(m);
        uint256 pick = m.phase.sections.length == 0 ? 0 : seed >> 8 & 15;
        if (m.levels != 0) return wildSection(m, pick, seed);
        if (m.inNode) return tryToWin(m, stepCall(m, pick));
        m.node = m.phase.first + pick;
        if (m.node >= 3) return tryToWin(m, nodeCall(m, pick));
        // Into a node of its choice, with a result of its choice and some true states.
        Belief memory made = lie(seed >> 16 & 1 == 0 ? Lie.Value : Lie.Fails, m.node);
        if (m.serverMoves) m.server = made;
        else m.challenger = made;
        m.lieStep = seed >> 17 & 255;
        return enterNode(m, pick);
    }

    /// True values and made-up ones, with an end that may be the one attacked.
    function wildSection(Match memory m, uint256 pick, uint256 seed) private returns (bool) {
        Belief memory honest = m.serverMoves ? m.challenger : m.server;
        bytes32[16] memory section = narrow(m, m.inNode ? honest.states : honest.contexts, pick);
        for (uint256 i = 0; i < 16; ++i) {
            if (seed >> (32 + i) & 1 == 0) section[i] = keccak256(abi.encode("made up", seed, i));
        }
        vm.warp(block.timestamp + (seed >> 64) % (clock / 8));
        vm.recordLogs();
        vm.prank(moverAddress(m));
        opml.divide(m.position, pick, section);
        passTurn(m, pick, section);
        return true;
    }
}
