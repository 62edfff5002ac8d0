// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {failed} from "../../src/Tags.sol";
import {Guest, Guests} from "./Guest.sol";
import {Proof} from "./Proof.sol";
import {TestModel, TestModels} from "./TestModel.sol";

/// What a player says: every context of a run, and every state of one node's machine.
struct Belief {
    /// Root of each value at the end.
    bytes32[] roots;
    bytes32[] contexts;
    bytes32[] states;
    /// Of the node's machine, and the result root that its memory holds.
    bytes finalState;
    bytes32 result;
}

/// What is wrong with what a liar says.
enum Lie {
    None,
    /// The node has another value; or has one, though it fails.
    Value,
    /// The node fails, though it does not.
    Fails,
    /// The node leaves the context as it was.
    Skipped,
    /// The context changes at a node of the padding, or at one behind a failure.
    Padding
}

library Beliefs {
    using Guests for Guest;

    uint256 private constant beyond = 1 << 32;

    /// The tensors of a true run by value, as leaves; `failing` is the first node that fails, or beyond all.
    function tensors(TestModel memory m, bytes32[2] memory input)
        internal
        pure
        returns (bytes32[2][] memory leaves, uint256 failing)
    {
        leaves = new bytes32[2][](m.nodes + 2);
        leaves[0][0] = TestModels.weight;
        leaves[1] = input;
        for (uint256 node = 0; node < m.nodes; ++node) {
            Guest memory g = TestModels.machine(m, node, leaves[node + 1]);
            g.run(1 << m.stepBits);
            if (g.status != 1 || g.gpr[4] != 0 || node == m.malformed) return (leaves, node);
            uint256 leaf = TestModels.resultAddress / 32;
            leaves[node + 2] = [g.memory_[leaf], g.memory_[leaf + 1]];
        }
        failing = beyond;
    }

    /// What is true of the run, or a lie about `node`.
    function about(TestModel memory m, bytes32[2] memory input, Lie lie, uint256 node)
        internal
        pure
        returns (Belief memory b)
    {
        (bytes32[2][] memory leaves, uint256 failing) = tensors(m, input);
        b.roots = new bytes32[](leaves.length);
        b.roots[0] = TestModels.weight;
        for (uint256 i = 1; i < leaves.length && i < failing + 2; ++i) {
            b.roots[i] = Proof.parent(leaves[i][0], leaves[i][1]);
        }
        if (lie == Lie.Fails) failing = node;
        else if (lie != Lie.None) failing = beyond;
        b.contexts = new bytes32[]((1 << m.header.nodeBits) + 1);
        for (uint256 i = 0; i < b.contexts.length; ++i) {
            if (lie != Lie.None && lie != Lie.Fails && i == node + 1) _changeRoots(b, lie, node);
            b.contexts[i] = i > failing ? failed : contextAt(m, b, i);
        }
    }

    function _changeRoots(Belief memory b, Lie lie, uint256 node) private pure {
        for (uint256 i = node + 2; i < b.roots.length; ++i) {
            b.roots[i] = keccak256(abi.encode("junk", i));
        }
        if (lie == Lie.Skipped) b.roots[node + 2] = 0;
        if (lie == Lie.Padding) b.roots[b.roots.length - 1] = keccak256("another output");
    }

    /// The roots of the values that exist after so many nodes.
    function rootsAt(Belief memory b, uint256 nodes) internal pure returns (bytes32[] memory roots) {
        roots = new bytes32[](b.roots.length);
        for (uint256 i = 0; i < roots.length && i < nodes + 2; ++i) {
            roots[i] = b.roots[i];
        }
    }

    function contextAt(TestModel memory m, Belief memory b, uint256 nodes) internal pure returns (bytes32) {
        return Proof.root(rootsAt(b, nodes), m.header.contextDepth);
    }

    /// Adds what the player says about the steps of `node`, whose machine truly runs through `states` to `end`: true up to
    /// state `step`; the last one makes the player's own next context.
    function addStates(Belief memory b, uint256 node, uint256 step, bytes32[] memory states, Guest memory end)
        internal
        pure
    {
        b.states = new bytes32[](states.length);
        for (uint256 i = 0; i < states.length; ++i) {
            b.states[i] = states[i];
        }
        uint256 leaf = TestModels.resultAddress / 32;
        b.result = Proof.parent(end.memory_[leaf], end.memory_[leaf + 1]);
        b.finalState = end.pack();
        bool fails = b.contexts[node + 1] == failed;
        bool trulyFails = end.status != 1 || end.gpr[4] != 0;
        if (fails == trulyFails && (fails || b.result == b.roots[node + 2])) return;
        // The end has to be made up.
        b.finalState[140] = fails ? bytes1(0x02) : bytes1(0x01);
        for (uint256 i = 28; i < 32; ++i) {
            if (!fails) b.finalState[i] = 0;
        }
        b.result = b.roots[node + 2];
        bytes32 memRoot = Proof.parent(
            keccak256(abi.encode("lower half")), Proof.parent(keccak256(abi.encode("neighbour")), b.result)
        );
        for (uint256 i = 0; i < 32; ++i) {
            b.finalState[176 + i] = memRoot[i];
        }
        for (uint256 i = step + 1; i < b.states.length; ++i) {
            b.states[i] = keccak256(abi.encode("junk state", i));
        }
        b.states[b.states.length - 1] = keccak256(b.finalState);
    }
}
