// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Opening} from "../../src/Context.sol";
import {Position} from "../../src/Games.sol";
import {Revealed} from "../../src/History.sol";
import {NodeProof, NodeRun} from "../../src/Transitions.sol";
import {failed} from "../../src/Tags.sol";
import {vm} from "../Vm.sol";
import {Arena} from "./Arena.sol";
import {Belief, Beliefs} from "./Belief.sol";
import {Guest, Guests} from "./Guest.sol";
import {Proof} from "./Proof.sol";
import {TestModel, TestModels} from "./TestModel.sol";

/// One phase as both players have seen it.
struct Phase {
    bytes32[3] origin;
    /// The accumulator before each section, and after the last.
    bytes32[] accumulators;
    uint256[] picks;
    bytes32[16][] sections;
    /// The interval of the last section; before the first, the whole.
    uint256 first;
    uint256 length;
}

struct Match {
    Position position;
    Phase phase;
    bool inNode;
    uint256 levels;
    bool serverMoves;
    uint256 node;
    Belief server;
    Belief challenger;
    uint256 moves;
    /// The first state that the liar makes up follows this step.
    uint256 lieStep;
}

/// Plays games to their end: each side defends what it believes, and tries to make the move that would win for it.
abstract contract Play is Arena {
    using Guests for Guest;

    function begin(Belief memory serverSays, Belief memory challengerSays) internal returns (Match memory m) {
        answer(serverSays);
        return beginChallenge(serverSays, challengerSays);
    }

    function beginChallenge(Belief memory serverSays, Belief memory challengerSays) internal returns (Match memory m) {
        m.server = serverSays;
        m.challenger = challengerSays;
        m.position = challenge(challengerSays);
        m.serverMoves = true;
        m.levels = model().header.nodeBits / 4;
        uint256 length = challengerSays.contexts.length - 1;
        m.phase.origin = [model().root, challengerSays.contexts[0], challengerSays.contexts[length]];
        m.phase.length = length;
        m.phase.accumulators = new bytes32[](1);
        m.phase.accumulators[0] = m.position.accumulator;
    }

    /// Plays until somebody has won; returns whether the server has.
    function playOut(Match memory m) internal returns (bool) {
        while (move(m)) {}
        return opml.balances(server) != 0;
    }

    /// One move of the side whose turn it is; false if the game is over.
    function move(Match memory m) internal returns (bool) {
        ++m.moves;
        Belief memory b = mover(m);
        bytes32[] memory trace = m.inNode ? b.states : b.contexts;
        uint256 pick = pickFor(m, trace);
        if (pick == 16) return tryToWin(m, abi.encodeCall(opml.showEqualEnds, (m.position, equalEnds(m.phase))));
        if (m.levels != 0) return divide(m, trace, pick);
        if (m.inNode) return tryToWin(m, stepCall(m, pick));
        m.node = m.phase.first + pick;
        if (isDecided(m, b)) return tryToWin(m, nodeCall(m, pick));
        return enterNode(m, pick);
    }

    function mover(Match memory m) internal pure returns (Belief memory) {
        return m.serverMoves ? m.server : m.challenger;
    }

    function moverAddress(Match memory m) internal pure returns (address) {
        return m.serverMoves ? server : challenger;
    }

    /// The first part of the last section that ends otherwise than in `trace`, or 16; 0 if there is none to answer.
    function pickFor(Match memory m, bytes32[] memory trace) internal pure returns (uint256 pick) {
        uint256 count = m.phase.sections.length;
        if (count == 0) return 0;
        bytes32[16] memory section = m.phase.sections[count - 1];
        while (pick < 16 && section[pick] == trace[m.phase.first + (pick + 1) * m.phase.length / 16]) ++pick;
    }

    function divide(Match memory m, bytes32[] memory trace, uint256 pick) internal returns (bool) {
        bytes32[16] memory section = narrow(m, trace, pick);
        vm.recordLogs();
        vm.prank(moverAddress(m));
        opml.divide(m.position, pick, section);
        countGas(moverAddress(m));
        passTurn(m, pick, section);
        return true;
    }

    /// Narrows the interval to the picked part, and divides it as in `trace`.
    function narrow(Match memory m, bytes32[] memory trace, uint256 pick)
        internal
        pure
        returns (bytes32[16] memory section)
    {
        Phase memory phase = m.phase;
        if (phase.sections.length != 0) {
            phase.length /= 16;
            phase.first += pick * phase.length;
        }
        for (uint256 i = 0; i < 16; ++i) {
            section[i] = trace[phase.first + (i + 1) * phase.length / 16];
        }
    }

    function passTurn(Match memory m, uint256 pick, bytes32[16] memory section) internal {
        m.position = lastPosition();
        Phase memory phase = m.phase;
        uint256 count = phase.sections.length;
        (uint256[] memory picks, bytes32[16][] memory sections) = (phase.picks, phase.sections);
        bytes32[] memory accumulators = phase.accumulators;
        phase.picks = new uint256[](count + 1);
        phase.sections = new bytes32[16][](count + 1);
        phase.accumulators = new bytes32[](count + 2);
        phase.accumulators[0] = accumulators[0];
        for (uint256 i = 0; i < count; ++i) {
            (phase.picks[i], phase.sections[i], phase.accumulators[i + 1]) =
            (picks[i], sections[i], accumulators[i + 1]);
        }
        (phase.picks[count], phase.sections[count]) = (pick, section);
        phase.accumulators[count + 1] = m.position.accumulator;
        --m.levels;
        m.serverMoves = !m.serverMoves;
    }

    /// Descends into node m.node.
    function enterNode(Match memory m, uint256 pick) internal returns (bool) {
        addStates(m);
        Phase memory steps;
        steps.origin = [bytes32(0), mover(m).states[0], 0];
        steps.length = mover(m).states.length - 1;
        steps.accumulators = new bytes32[](1);
        steps.accumulators[0] = keccak256(abi.encode(bytes32("opml.game.v1"), steps.origin));
        bytes32[16] memory section;
        for (uint256 i = 0; i < 16; ++i) {
            section[i] = mover(m).states[(i + 1) * steps.length / 16];
        }
        bytes memory call_ = enterCall(m, pick, section);
        vm.recordLogs();
        vm.prank(moverAddress(m));
        (bool accepted,) = address(opml).call(call_);
        countGas(moverAddress(m));
        if (!accepted) return loseByTime(m);
        m.phase = steps;
        m.inNode = true;
        m.levels = model().stepBits / 4;
        passTurn(m, 0, section);
        return true;
    }

    function enterCall(Match memory m, uint256 pick, bytes32[16] memory section) private view returns (bytes memory) {
        Revealed memory revealed = reveal(m.phase, pick, true);
        return abi.encodeCall(opml.enterNode, (m.position, pick, revealed, nodeProof(m.node), nodeRun(m), section));
    }

    /// What both say about the steps of the disputed node, from operands that they agree on.
    function addStates(Match memory m) internal view {
        Guest memory g = guest(m.node);
        bytes32[] memory states = g.trace(model().stepBits, mipsStep);
        Beliefs.addStates(m.server, m.node, m.lieStep, states, g);
        Beliefs.addStates(m.challenger, m.node, m.lieStep, states, g);
    }

    /// The machine in which the node truly begins.
    function guest(uint256 node) internal view returns (Guest memory) {
        TestModel memory t = model();
        (bytes32[2][] memory leaves,) = Beliefs.tensors(t, input);
        return TestModels.machine(t, node, leaves[node + 1]);
    }

    /// Makes a call of the mover that should win; otherwise its clock runs out.
    function tryToWin(Match memory m, bytes memory call_) internal returns (bool) {
        vm.prank(moverAddress(m));
        (bool accepted,) = address(opml).call(call_);
        countGas(moverAddress(m));
        if (!accepted) loseByTime(m);
        return false;
    }

    function loseByTime(Match memory m) internal returns (bool) {
        vm.warp(block.timestamp + clock + 1);
        // The other side calls time.
        vm.prank(m.serverMoves ? challenger : server);
        opml.callTime(m.position);
        countGas(m.serverMoves ? challenger : server);
        return false;
    }

    function isDecided(Match memory m, Belief memory b) internal view returns (bool) {
        TestModel memory t = model();
        return b.contexts[m.node] == failed || m.node >= t.nodes || m.node == t.malformed;
    }

    function nodeCall(Match memory m, uint256 pick) internal view returns (bytes memory) {
        return abi.encodeCall(opml.showNode, (m.position, pick, reveal(m.phase, pick, true), nodeProof(m.node)));
    }

    function stepCall(Match memory m, uint256 pick) internal view returns (bytes memory) {
        Guest memory g = guest(m.node);
        g.run(m.phase.first + pick);
        return abi.encodeCall(opml.executeStep, (m.position, pick, reveal(m.phase, pick, false), g.witness()));
    }

    function nodeProof(uint256 node) internal view returns (NodeProof memory proof) {
        TestModel memory t = model();
        bytes32[] memory hashes = new bytes32[](t.nodes);
        for (uint256 i = 0; i < t.nodes; ++i) {
            hashes[i] = keccak256(abi.encodePacked(bytes32("opml.node.v1"), t.descriptors[i]));
        }
        if (node < t.nodes) proof.descriptor = t.descriptors[node];
        proof.siblings = Proof.siblings(Proof.levels(hashes, t.header.nodeBits, 0), node);
    }

    /// The operands in the agreed context, the mover's final state and the result in it.
    function nodeRun(Match memory m) internal view returns (NodeRun memory run) {
        Belief memory b = mover(m);
        run.values = nodeValues(m.node);
        run.finalState = b.finalState;
        if (b.contexts[m.node + 1] == failed) return run;
        run.results = new bytes32[](1);
        run.results[0] = b.result;
        run.siblings = resultSiblings(m);
    }

    function nodeValues(uint256 node) internal view returns (Opening memory values) {
        TestModel memory t = model();
        Belief memory agreed = truth();
        bytes32[] memory roots = Beliefs.rootsAt(agreed, node);
        uint256[] memory opened = new uint256[](3);
        (opened[1], opened[2]) = (node + 1, node + 2);
        for (uint256 i = 0; i < 3; ++i) {
            values.values = abi.encodePacked(values.values, uint32(opened[i]), roots[opened[i]]);
        }
        values.siblings = Proof.siblings(Proof.levels(roots, t.header.contextDepth, 0), opened, new uint256[](3));
    }

    /// Of the result slot in the mover's final memory: true ones, or those of the memory that Beliefs makes up.
    function resultSiblings(Match memory m) private view returns (bytes32[] memory siblings) {
        Guest memory g = guest(m.node);
        g.run(1 << model().stepBits);
        uint256[] memory first = new uint256[](1);
        uint256[] memory height = new uint256[](1);
        (first[0], height[0]) = (TestModels.resultAddress / 32, 1);
        siblings = Proof.siblings(Proof.levels(g.memory_, g.memDepth, 0), first, height);
        if (keccak256(g.pack()) == keccak256(mover(m).finalState)) return siblings;
        siblings[0] = keccak256(abi.encode("neighbour"));
        siblings[1] = keccak256(abi.encode("lower half"));
    }

    /// Part `pick` of the last section opened; back to the origin, or no further than needed.
    function reveal(Phase memory phase, uint256 pick, bool all) internal pure returns (Revealed memory r) {
        uint256 count = phase.sections.length;
        if (count == 0) {
            r.origin = originOf(phase);
            (r.base, r.agreed, r.claimed) = (phase.accumulators[0], r.origin[1], r.origin[2]);
            return r;
        }
        bytes32[16] memory last = phase.sections[count - 1];
        r.claimed = last[pick];
        uint256 from = count - 1;
        if (pick != 0) {
            r.agreed = last[pick - 1];
            r.siblings = Proof.siblingsOfPair(levels(last), pick - 1);
        } else {
            r.siblings = Proof.siblings(levels(last), 0);
            while (from != 0 && phase.picks[from] == 0) --from;
            if (from != 0) {
                uint256 position = phase.picks[from] - 1;
                --from;
                r.agreed = phase.sections[from][position];
                r.earlierSiblings = Proof.siblings(levels(phase.sections[from]), position);
            } else {
                all = true;
                r.agreed = phase.origin[1];
            }
        }
        if (all) {
            from = 0;
            r.origin = originOf(phase);
        }
        r.base = phase.accumulators[from];
        r.sections = packSections(phase, from);
    }

    function equalEnds(Phase memory phase) internal pure returns (Revealed memory r) {
        uint256 count = phase.sections.length;
        r.claimed = phase.sections[count - 1][15];
        r.siblings = Proof.siblings(levels(phase.sections[count - 1]), 15);
        uint256 from = count - 1;
        if (from == 0) {
            r.origin = originOf(phase);
        } else {
            --from;
            r.earlierSiblings = Proof.siblings(levels(phase.sections[from]), phase.picks[count - 1]);
        }
        r.base = phase.accumulators[from];
        r.sections = packSections(phase, from);
    }

    function originOf(Phase memory phase) internal pure returns (bytes32[] memory origin) {
        origin = new bytes32[](3);
        (origin[0], origin[1], origin[2]) = (phase.origin[0], phase.origin[1], phase.origin[2]);
    }

    function packSections(Phase memory phase, uint256 from) internal pure returns (bytes memory packed) {
        for (uint256 i = from; i < phase.sections.length; ++i) {
            packed = abi.encodePacked(packed, uint8(phase.picks[i]), levels(phase.sections[i])[4][0]);
        }
    }

    function levels(bytes32[16] memory section) internal pure returns (bytes32[][] memory) {
        bytes32[] memory leaves = new bytes32[](16);
        for (uint256 i = 0; i < 16; ++i) {
            leaves[i] = section[i];
        }
        return Proof.levels(leaves, 4, 0);
    }
}
