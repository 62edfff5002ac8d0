// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Context, Opening} from "./Context.sol";
import {Descriptor, Limits, Node} from "./Descriptor.sol";
import {Game} from "./GameState.sol";
import {Games, Position} from "./Games.sol";
import {History, Revealed} from "./History.sol";
import {MachineState} from "./MachineState.sol";
import {ModelHeader} from "./Models.sol";
import {Section} from "./Section.sol";
import {Subtrees, Tree} from "./Tree.sol";
import {failed} from "./Tags.sol";

/// A node of the model: its packed descriptor, or nothing for the padding.
struct NodeProof {
    bytes descriptor;
    bytes32[] siblings;
}

/// What the mover says about the disputed node.
struct NodeRun {
    /// The operands and results of the node, in the agreed context.
    Opening values;
    /// Packed, at the end of its steps.
    bytes finalState;
    /// Roots of the result slots in the final memory, and what leads from them to its root; both empty if the node fails.
    bytes32[] results;
    bytes32[] siblings;
}

/// The ends of the phases, where the contract itself knows what comes next: one node of the graph, one step of the machine.
abstract contract Transitions is Games {
    /// @notice The generated step contract.
    address public immutable mipsStep;

    /// The descriptor is not the one of the disputed node.
    error WrongNode();
    /// The node's successor is not decided by its machine; or it is, and has to be shown.
    error WrongMove();
    /// The opened values do not lie in the agreed context.
    error WrongOperands();
    /// The final state has another size, or another memory than the result slots'.
    error WrongFinalState();
    /// The step contract refuses the witness.
    error WrongWitness();
    /// The transition does not begin at the agreed state.
    error WrongStart();
    /// The transition leads to what the other side claims.
    error ClaimHolds();

    constructor(address mipsStep_) {
        mipsStep = mipsStep_;
    }

    /// @notice Wins where part `pick` is a single node that no machine decides: an agreed context that is FAILED, a node of
    /// the padding, a malformed descriptor.
    function showNode(Position calldata position, uint256 pick, Revealed calldata revealed, NodeProof calldata proof)
        external
    {
        (bytes32 key, Game memory game) = _beginMove(position);
        ModelHeader memory model = _disputedNode(position, game, pick, revealed, proof);
        (bool decided, bytes32 successor,) = _successor(revealed.agreed, model, proof.descriptor);
        // N4
        if (!decided) revert WrongMove();
        if (successor == revealed.claimed) revert ClaimHolds();
        _win(position.jobId, key, game);
    }

    /// @notice Descends from part `pick`, a single node, into the steps of its machine: the mover's final state makes
    /// another context than the one claimed, and its section ends there.
    function enterNode(
        Position calldata position,
        uint256 pick,
        Revealed calldata revealed,
        NodeProof calldata proof,
        NodeRun calldata run,
        bytes32[16] calldata section
    ) external {
        (bytes32 key, Game memory game) = _beginMove(position);
        ModelHeader memory model = _disputedNode(position, game, pick, revealed, proof);
        (bool decided,, Node memory node) = _successor(revealed.agreed, model, proof.descriptor);
        // N5
        if (decided) revert WrongMove();
        (bytes32 start, bytes32 next) = _run(model, node, revealed.agreed, run);
        // N9
        if (next == revealed.claimed) revert ClaimHolds();
        // N10
        if (section[Section.values - 1] != keccak256(run.finalState)) revert WrongFinalState();
        game.inNode = true;
        game.levels = uint8(node.stepBits / Section.bits);
        _pass(position.jobId, key, game, History.begin(0, start, 0), 0, section);
    }

    /// @notice Wins by executing part `pick`, a single step, with another result than the one claimed.
    /// @param witness For the step contract.
    function executeStep(Position calldata position, uint256 pick, Revealed calldata revealed, bytes calldata witness)
        external
    {
        (bytes32 key, Game memory game) = _beginMove(position);
        // L1
        if (!game.inNode || game.levels != 0) revert WrongLevel();
        History.check(revealed, position.accumulator);
        History.checkPart(revealed, pick);
        // L2
        (bool accepted, bytes memory hashes) = mipsStep.staticcall(witness);
        if (!accepted) revert WrongWitness();
        (bytes32 pre, bytes32 post) = abi.decode(hashes, (bytes32, bytes32));
        // L3
        if (pre != revealed.agreed) revert WrongStart();
        if (post == revealed.claimed) revert ClaimHolds();
        _win(position.jobId, key, game);
    }

    /// N1 to N3: part `pick` is a single node, goes from `agreed` to `claimed`, and is the proved one.
    function _disputedNode(
        Position calldata position,
        Game memory game,
        uint256 pick,
        Revealed calldata revealed,
        NodeProof calldata proof
    ) private view returns (ModelHeader memory model) {
        if (game.inNode || game.levels != 0) revert WrongLevel();
        History.check(revealed, position.accumulator);
        History.checkPart(revealed, pick);
        if (revealed.origin.length == 0) revert History.WrongHistory();
        model = _model(revealed.origin[0]).header;
        uint256 index = 0;
        uint256 count = History.length(revealed);
        for (uint256 i = 1; i < count; ++i) {
            index = index * Section.values + History.pickOf(revealed, i);
        }
        index = index * Section.values + pick;
        bytes32 root = Tree.root(index << 8, Descriptor.leaf(proof.descriptor), model.nodeBits, proof.siblings);
        if (root != model.nodesRoot) revert WrongNode();
    }

    /// The successor of the context `agreed`, unless a machine decides it.
    function _successor(bytes32 agreed, ModelHeader memory model, bytes calldata descriptor)
        private
        pure
        returns (bool decided, bytes32 successor, Node memory node)
    {
        if (agreed == failed) return (true, failed, node);
        if (descriptor.length == 0) return (true, agreed, node);
        bool wellFormed;
        (wellFormed, node) = Descriptor.read(descriptor, Limits(model.codeDepth, model.contextDepth, model.maxSlots));
        return (!wellFormed, failed, node);
    }

    /// The initial state of the node's machine, and the context that the mover's final state makes.
    function _run(ModelHeader memory model, Node memory node, bytes32 agreed, NodeRun calldata run)
        private
        pure
        returns (bytes32 start, bytes32 next)
    {
        // N6
        Subtrees memory leaves = Context.read(run.values);
        if (Context.root(leaves, run.values, model.contextDepth) != agreed) revert WrongOperands();
        start = _initialState(model, node, leaves);
        // N7
        if (run.finalState.length != MachineState.size) revert WrongFinalState();
        if (!MachineState.succeeded(run.finalState)) {
            if (run.results.length != 0 || run.siblings.length != 0) revert WrongFinalState();
            return (start, failed);
        }
        // N8
        uint256 count = node.results.places.length;
        if (run.results.length != count) revert WrongFinalState();
        bytes32 memRoot = Tree.root(Subtrees(node.results.places, run.results), node.memDepth, run.siblings);
        if (memRoot != MachineState.memRootOf(run.finalState)) revert WrongFinalState();
        for (uint256 i = 0; i < count; ++i) {
            leaves.roots[Context.find(leaves, node.results.values[i])] = run.results[i];
        }
        next = Context.root(leaves, run.values, model.contextDepth);
    }

    function _initialState(ModelHeader memory model, Node memory node, Subtrees memory leaves)
        private
        pure
        returns (bytes32)
    {
        uint256 count = node.operands.places.length;
        bytes32[] memory roots = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            roots[i] = leaves.roots[Context.find(leaves, node.operands.values[i])];
        }
        bytes32 memRoot = Tree.sparseRoot(Subtrees(node.operands.places, roots), node.memDepth);
        return MachineState.initialHash(
            node.entry, node.stackPointer, model.codeRoot, model.codeDepth, node.memDepth, memRoot
        );
    }
}
