// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Context, Opening} from "./Context.sol";
import {Game, GameState, PackedGame} from "./GameState.sol";
import {History, Revealed} from "./History.sol";
import {Job, Status} from "./Jobs.sol";
import {Port} from "./Port.sol";
import {Publication} from "./Publication.sol";
import {Section} from "./Section.sol";
import {Subtrees} from "./Tree.sol";
import {Tags, failed} from "./Tags.sol";
import {Terms} from "./Terms.sol";

/// A game as a move names it: the state that the move answers.
struct Position {
    bytes32 jobId;
    PackedGame game;
    bytes32 accumulator;
}

/// Games about results: challenge, sections, and every way to end but those by a transition (Transitions.sol).
abstract contract Games is Publication {
    /// @notice keccak256(progress ‖ identity ‖ accumulator) of each game that is not over.
    mapping(bytes32 gameKey => bytes32) public games;

    /// @notice A game has begun: the challenger says that the run ends in the context `claim`. The server moves.
    event Challenged(bytes32 indexed jobId, bytes32 indexed gameKey, PackedGame game, bytes32 accumulator, bytes32 claim);
    /// @notice A section was claimed in answer to part `pick` of the one before. `game` and `accumulator` are what the next
    /// move names.
    event Moved(
        bytes32 indexed jobId,
        bytes32 indexed gameKey,
        PackedGame game,
        bytes32 accumulator,
        uint256 pick,
        bytes32[16] section
    );
    /// @notice The game is over. Without a winner, the result had died before.
    event Ended(bytes32 indexed jobId, bytes32 indexed gameKey, address winner);

    /// The result is another attempt than the one named, or the challenger has this game already.
    error WrongGame();
    /// The claim has the outputs that the server committed to.
    error SameOutputs();
    /// The opened values do not lie in the claimed context.
    error WrongOpening();
    /// The game is not in the state that the move answers.
    error StaleMove();
    /// It is the other side's turn.
    error NotYourTurn();
    /// The mover's clock has run out.
    error ClockRanOut();
    /// The mover's clock has not run out.
    error ClockRuns();
    /// The phase takes no more sections: show the transition. Or it takes some before.
    error WrongLevel();

    /// @notice Challenges a result with a final context whose outputs are others. The value sent is the bond.
    /// @param attempt The result's number, `jobOf(jobId).attempt`.
    /// @param nonce Free, to tell the caller's games about one result apart.
    /// @param claim The context after the last node, or FAILED.
    /// @param outputs The output values in it; empty for FAILED.
    function challenge(Terms calldata terms, uint32 attempt, uint32 nonce, bytes32 claim, Opening calldata outputs)
        external
        payable
    {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Answered);
        // C1 to C4
        if (attempt != job.attempt) revert WrongGame();
        if (block.timestamp >= job.since + terms.window) revert WrongTime();
        _requirePayment(terms.bond);
        if (_outputRoot(terms.modelRoot, claim, outputs) == job.outputRoot) revert SameOutputs();

        Game memory game;
        game.server = job.server;
        game.challenger = msg.sender;
        game.attempt = attempt;
        game.nonce = nonce;
        game.movedAt = uint40(block.timestamp);
        game.serverClock = terms.clock;
        game.challengerClock = terms.clock;
        game.levels = uint8(_model(terms.modelRoot).header.nodeBits / Section.bits);
        game.serverMoves = true;
        // C5
        bytes32 key = GameState.key(jobId, game);
        if (games[key] != 0) revert WrongGame();
        ++job.games;
        PackedGame memory packed = GameState.pack(game);
        bytes32 accumulator = History.begin(terms.modelRoot, terms.start, claim);
        games[key] = GameState.hash(packed, accumulator);
        emit Challenged(jobId, key, packed, accumulator, claim);
    }

    /// @notice Answers the claim at the end of part `pick` of the last section with a section of that part, which ends
    /// otherwise. In the first section of a game `pick` says nothing.
    function divide(Position calldata position, uint256 pick, bytes32[16] calldata section) external {
        (bytes32 key, Game memory game) = _beginMove(position);
        // G5
        if (game.levels == 0) revert WrongLevel();
        _pass(position.jobId, key, game, position.accumulator, pick, section);
    }

    /// @notice Wins against a section that ends with the very claim it attacks.
    /// @param revealed With that claim in `claimed`, opened in the last section by `siblings`, and where it was attacked by
    /// `earlierSiblings`.
    function showEqualEnds(Position calldata position, Revealed calldata revealed) external {
        (bytes32 key, Game memory game) = _beginMove(position);
        // G7
        History.check(revealed, position.accumulator);
        History.checkEqualEnds(revealed);
        _win(position.jobId, key, game);
    }

    /// @notice Ends a game in which the side to move has no time left; anyone may.
    function callTime(Position calldata position) external {
        (bytes32 key, Game memory game) = _load(position);
        // G4
        if (_elapsed(game) <= _clock(game)) revert ClockRuns();
        game.serverMoves = !game.serverMoves;
        _win(position.jobId, key, game);
    }

    /// @notice Gives the challenger's bond back if the result has died; anyone may.
    function reclaim(Position calldata position) external {
        (bytes32 key, Game memory game) = _load(position);
        Job storage job = jobs[position.jobId];
        // G9
        if (job.attempt == game.attempt) revert WrongStatus(job.status);
        delete games[key];
        _credit(game.challenger, job.bond);
        emit Ended(position.jobId, key, address(0));
    }

    /// The game that a move is about, with the mover's time taken off its clock.
    function _beginMove(Position calldata position) internal view returns (bytes32 key, Game memory game) {
        (key, game) = _load(position);
        // G2
        if (msg.sender != (game.serverMoves ? game.server : game.challenger)) revert NotYourTurn();
        // G3
        uint256 elapsed = _elapsed(game);
        if (elapsed > _clock(game)) revert ClockRanOut();
        if (game.serverMoves) game.serverClock -= uint32(elapsed);
        else game.challengerClock -= uint32(elapsed);
    }

    /// The mover claims a section, and it is the other side's turn.
    function _pass(
        bytes32 jobId,
        bytes32 key,
        Game memory game,
        bytes32 accumulator,
        uint256 pick,
        bytes32[16] calldata section
    ) internal {
        --game.levels;
        game.movedAt = uint40(block.timestamp);
        game.serverMoves = !game.serverMoves;
        PackedGame memory packed = GameState.pack(game);
        accumulator = History.append(accumulator, pick, Section.root(section));
        games[key] = GameState.hash(packed, accumulator);
        emit Moved(jobId, key, packed, accumulator, pick, section);
    }

    /// G8: the side whose turn it is wins.
    function _win(bytes32 jobId, bytes32 key, Game memory game) internal {
        Job storage job = jobs[jobId];
        if (job.attempt != game.attempt) revert WrongStatus(job.status);
        delete games[key];
        if (game.serverMoves) {
            --job.games;
            _award(game.server, job.bond);
            emit Ended(jobId, key, game.server);
        } else {
            _credit(game.challenger, job.bond);
            _die(jobId, job, game.challenger);
            emit Ended(jobId, key, game.challenger);
        }
    }

    /// G1
    function _load(Position calldata position) private view returns (bytes32 key, Game memory game) {
        game = GameState.unpack(position.game);
        key = GameState.key(position.jobId, game);
        if (games[key] != GameState.hash(position.game, position.accumulator)) revert StaleMove();
    }

    function _elapsed(Game memory game) private view returns (uint256) {
        return block.timestamp - game.movedAt;
    }

    function _clock(Game memory game) private pure returns (uint256) {
        return game.serverMoves ? game.serverClock : game.challengerClock;
    }

    /// What a run that ends in the context `claim` has for its output root.
    function _outputRoot(bytes32 modelRoot, bytes32 claim, Opening calldata outputs) private view returns (bytes32) {
        Subtrees memory leaves = Context.read(outputs);
        if (claim == failed) {
            if (leaves.places.length != 0 || outputs.siblings.length != 0) revert WrongOpening();
            return failed;
        }
        Model storage model = _model(modelRoot);
        if (Context.root(leaves, outputs, model.header.contextDepth) != claim) revert WrongOpening();
        Port[] memory ports = model.outputs;
        bytes32[] memory roots = new bytes32[](ports.length);
        for (uint256 i = 0; i < ports.length; ++i) {
            roots[i] = leaves.roots[Context.find(leaves, ports[i].value)];
        }
        return _commitmentTo(Tags.output, roots);
    }
}
