// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {GasBounds} from "./GasBounds.sol";
import {Job, Jobs, Status} from "./Jobs.sol";
import {Port} from "./Port.sol";
import {Tags} from "./Tags.sol";
import {Tensor} from "./Tensor.sol";
import {Terms} from "./Terms.sol";
import {Tree} from "./Tree.sol";

/// Inputs and outputs that lie off the chain: whoever cannot get at them demands them, and pays for it; a result whose
/// data do not appear in time dies.
abstract contract Publication is Jobs {
    struct Demand {
        address demander;
        uint40 deadline;
        uint32 attempt;
        /// Wei for what is not published yet.
        uint256 deposit;
    }

    /// What is on the chain of the tensors behind an inputRoot or outputRoot.
    struct Progress {
        /// Gas paid for so far: all of GasBounds.publication when nothing is missing.
        uint256 gas;
        mapping(uint256 port => mapping(uint256 chunk => bool)) published;
    }

    /// One piece of a tensor: GasBounds.chunkBytes of it, or the rest.
    struct Piece {
        uint256 port;
        uint256 chunk;
        bytes data;
        /// Above the piece's subtree in the value's tree.
        bytes32[] siblings;
    }

    mapping(bytes32 jobId => mapping(bool isInput => Demand)) public demands;
    mapping(bytes32 jobId => mapping(bytes32 root => Progress)) private _progress;

    uint256 private constant chunkDepth = 10;

    event Demanded(bytes32 indexed jobId, bool indexed isInput, uint32 attempt, address demander, uint256 deadline);

    /// The data are on the chain, or somebody has demanded them already.
    error NothingToDemand();
    /// Nobody waits for these data.
    error NoDemand();
    /// The piece is not the one that its place asks for.
    error WrongPiece();

    /// @notice Demands that the inputs, or the outputs, of a result be published. The value sent pays for that at the fee cap.
    function demand(Terms calldata terms, bool isInput) external payable {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Answered);
        // P1
        if (block.timestamp >= job.since + terms.window) revert WrongTime();
        if (isInput ? job.inputPublished : job.outputPublished) revert NothingToDemand();
        if (_isLive(demands[jobId][isInput], job)) revert NothingToDemand();
        _release(jobId, isInput);
        uint256 missing = _missing(terms, jobId, job, isInput);
        _requirePayment(missing * terms.feeCap);
        if (missing == 0) {
            // An earlier result with the same outputs has been published.
            _complete(job, isInput);
            return;
        }
        uint40 deadline = uint40(block.timestamp + terms.publishPeriod);
        demands[jobId][isInput] = Demand(msg.sender, deadline, job.attempt, msg.value);
        ++job.demands;
        emit Demanded(jobId, isInput, job.attempt, msg.sender, deadline);
    }

    /// @notice Publishes a piece of what is demanded. The server is paid for it, whoever sends it.
    /// @param roots The value roots behind the job's inputRoot or outputRoot.
    function publish(Terms calldata terms, bool isInput, bytes32[] calldata roots, Piece calldata piece) external {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Answered);
        Demand storage demanded = demands[jobId][isInput];
        if (!_isLive(demanded, job)) revert NoDemand();
        if (block.timestamp > demanded.deadline) revert WrongTime();
        // P2
        bytes32 root = isInput ? terms.inputRoot : job.outputRoot;
        if (_commitmentTo(isInput ? Tags.input : Tags.output, roots) != root) revert WrongPiece();
        Port[] memory ports = _ports(terms, isInput);
        if (roots.length != ports.length || piece.port >= ports.length) revert WrongPiece();
        _checkPiece(ports[piece.port], roots[piece.port], piece);
        // P3
        Progress storage progress = _progress[jobId][root];
        if (progress.published[piece.port][piece.chunk]) revert WrongPiece();
        progress.published[piece.port][piece.chunk] = true;
        uint256 gas = GasBounds.chunk(piece.data.length);
        progress.gas += gas;
        demanded.deposit -= gas * terms.feeCap;
        _credit(job.server, gas * terms.feeCap);
        emit Published(jobId, isInput, piece.port, piece.chunk * GasBounds.chunkBytes, piece.data);
        if (progress.gas != GasBounds.publication(ports)) return;
        delete demands[jobId][isInput];
        --job.demands;
        _complete(job, isInput);
    }

    /// @notice Ends a result whose data did not appear in time; half of its bond goes to who demanded them.
    function expire(Terms calldata terms, bool isInput) external {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Answered);
        Demand storage demanded = demands[jobId][isInput];
        if (!_isLive(demanded, job)) revert NoDemand();
        if (block.timestamp <= demanded.deadline) revert WrongTime();
        address demander = demanded.demander;
        _die(jobId, job, demander);
        _release(jobId, isInput);
    }

    /// @notice Gives the deposit of a demand back whose result has died otherwise.
    function releaseDemand(bytes32 jobId, bool isInput) external {
        Demand storage demanded = demands[jobId][isInput];
        if (demanded.demander == address(0) || _isLive(demanded, jobs[jobId])) revert NoDemand();
        _release(jobId, isInput);
    }

    function _isLive(Demand storage demanded, Job storage job) private view returns (bool) {
        return demanded.demander != address(0) && demanded.attempt == job.attempt;
    }

    function _release(bytes32 jobId, bool isInput) private {
        Demand storage demanded = demands[jobId][isInput];
        _credit(demanded.demander, demanded.deposit);
        delete demands[jobId][isInput];
    }

    /// P4: everybody has the inputs only now, so the time to challenge begins again; once in a job's life.
    function _complete(Job storage job, bool isInput) private {
        if (isInput) {
            job.inputPublished = true;
            job.since = uint40(block.timestamp);
        } else {
            job.outputPublished = true;
        }
    }

    function _ports(Terms calldata terms, bool isInput) private view returns (Port[] memory) {
        return isInput ? _model(terms.modelRoot).inputs : _model(terms.modelRoot).outputs;
    }

    function _missing(Terms calldata terms, bytes32 jobId, Job storage job, bool isInput) private view returns (uint256) {
        bytes32 root = isInput ? terms.inputRoot : job.outputRoot;
        return GasBounds.publication(_ports(terms, isInput)) - _progress[jobId][root].gas;
    }

    function _checkPiece(Port memory port, bytes32 valueRoot, Piece calldata piece) private pure {
        if (piece.chunk >= GasBounds.chunks(port.size)) revert WrongPiece();
        uint256 rest = port.size - piece.chunk * GasBounds.chunkBytes;
        if (piece.data.length != (rest < GasBounds.chunkBytes ? rest : GasBounds.chunkBytes)) revert WrongPiece();
        uint256 depth = Tensor.depthFor(port.size);
        uint256 pieceDepth = depth < chunkDepth ? depth : chunkDepth;
        bytes32 pieceRoot = Tensor.root(piece.data, pieceDepth, port.isBool);
        if (Tree.root(piece.chunk << 8, pieceRoot, depth - pieceDepth, piece.siblings) != valueRoot) revert WrongPiece();
    }
}
