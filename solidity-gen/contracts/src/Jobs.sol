// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {GasBounds} from "./GasBounds.sol";
import {Ledger} from "./Ledger.sol";
import {Models} from "./Models.sol";
import {Port} from "./Port.sol";
import {Receiver} from "./Receiver.sol";
import {Subtrees, Tree} from "./Tree.sol";
import {Tags, failed} from "./Tags.sol";
import {Tensor} from "./Tensor.sol";
import {Terms, jobIdOf} from "./Terms.sol";

enum Status {
    None,
    /// Waits for an answer.
    Open,
    /// Has a result, which may be challenged.
    Answered,
    /// Has a result for good.
    Final,
    /// The fee went back.
    Closed
}

struct Job {
    /// Of the result.
    address server;
    /// When the answer's or the challenges' time began.
    uint40 since;
    /// Results that have died.
    uint32 attempt;
    Status status;
    bool inputPublished;
    bool outputPublished;
    bytes32 outputRoot;
    /// The terms' one, for moves that do not carry the terms.
    uint96 bond;
    /// Games about the result.
    uint32 games;
    /// Demands for publication that are not met.
    uint8 demands;
    bool delivered;
}

/// Jobs from their request to the delivery of the result.
abstract contract Jobs is Ledger, Models {
    struct Commitment {
        bytes32 hash;
        uint40 time;
    }

    mapping(bytes32 jobId => Job) internal jobs;
    /// @notice The last commitment to an answer of each server.
    mapping(bytes32 jobId => mapping(address server => Commitment)) public commitments;

    /// Seconds between the commitment to an answer and its reveal: whoever copies the reveal is late by as much.
    uint256 internal constant commitmentAge = 60;
    /// A game lasts two clocks at most; so one that began with the window ends a clock before it.
    uint256 private constant clocksInWindow = 3;
    uint256 private constant maxClock = 365 days;
    /// Half of what a transaction may use on osaka.
    uint256 private constant maxCallbackGas = 1 << 23;
    /// What happens in `deliver` around the call.
    uint256 private constant deliveryGas = 40_000;

    event Requested(bytes32 indexed jobId, bytes32 indexed modelRoot, address indexed server, Terms terms, string uri);
    /// @notice Bytes of an input (of the request) or of an output (of the answer), from `offset` in the port's tensor.
    event Published(bytes32 indexed jobId, bool indexed isInput, uint256 port, uint256 offset, bytes data);
    event Committed(bytes32 indexed jobId, address indexed server);
    event Answered(bytes32 indexed jobId, address indexed server, uint32 attempt, bytes32 outputRoot);
    /// @notice The result lost a game, or was not published; the job is open again.
    event Died(bytes32 indexed jobId, uint32 attempt, address indexed winner);
    event Finalized(bytes32 indexed jobId, bytes32 outputRoot);
    event Delivered(bytes32 indexed jobId, bool success);
    event Refunded(bytes32 indexed jobId);

    /// The job is not in the state that the call needs.
    error WrongStatus(Status status);
    /// The job exists already.
    error KnownJob();
    /// The terms contradict each other or the model; see docs/protocol.md, J2.
    error BadTerms();
    /// The bond does not cover the moves of its winner at the fee cap.
    error BondTooSmall(uint256 least);
    /// As many tensors as the model has ports, each of its port's size.
    error WrongTensors();
    /// The siblings do not lead from an empty leaf to the model's initial context.
    error WrongContextProof();
    /// Not the server that the terms name, or no commitment that is old enough to the answer.
    error NotYourJob();
    /// It is too early or too late for this.
    error WrongTime();
    /// A game or a demand for publication is not over.
    error Disputed();
    /// The rest of the gas does not suffice for the callback.
    error TooLittleGas();

    /// @notice Requests a run with these inputs, whose bytes stand here for all. The value sent is the fee.
    /// @param terms With requester, fee, start and inputRoot left zero: they are filled in.
    /// @param inputs The tensors in the order of the model's ports.
    /// @param siblings Of the inputs' leaves in the initial context, in the order of Tree.root.
    function request(Terms memory terms, bytes[] calldata inputs, bytes32[] calldata siblings)
        external
        payable
        returns (bytes32 jobId)
    {
        Port[] memory ports = _model(terms.modelRoot).inputs;
        bytes32[] memory roots = _rootsOf(ports, inputs);
        jobId = _open(terms, ports, roots, siblings, false, "");
        jobs[jobId].inputPublished = true;
        _publish(jobId, true, inputs);
    }

    /// @notice Requests a run with inputs that lie elsewhere; until the result is final anyone may demand that they be
    /// published.
    /// @param roots The value roots of the inputs.
    /// @param uri Where the inputs lie; of no meaning to the contract.
    function requestStored(
        Terms memory terms,
        bytes32[] memory roots,
        string calldata uri,
        bytes32[] calldata siblings
    ) external payable returns (bytes32 jobId) {
        return _open(terms, _model(terms.modelRoot).inputs, roots, siblings, true, uri);
    }

    /// @notice Commits to an answer to a job that anyone may answer: keccak256(jobId ‖ server ‖ outputRoot ‖ salt).
    function commit(bytes32 jobId, bytes32 commitment) external {
        commitments[jobId][msg.sender] = Commitment(commitment, uint40(block.timestamp));
        emit Committed(jobId, msg.sender);
    }

    /// @notice Answers with the output root, or FAILED. The value sent is the bond.
    /// @param salt Of the commitment, where the terms name no server.
    /// @param outputs The tensors in the order of the model's ports; or none, to be had elsewhere.
    function answer(Terms calldata terms, bytes32 outputRoot, bytes32 salt, bytes[] calldata outputs) external payable {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Open);
        // J4
        if (block.timestamp > job.since + terms.answerPeriod) revert WrongTime();
        _requirePayment(terms.bond);
        _checkServer(terms.server, jobId, outputRoot, salt);
        job.server = msg.sender;
        job.since = uint40(block.timestamp);
        job.status = Status.Answered;
        job.outputRoot = outputRoot;
        job.bond = terms.bond;
        emit Answered(jobId, msg.sender, job.attempt, outputRoot);
        if (outputs.length == 0 && outputRoot != failed) return;
        // J6
        job.outputPublished = true;
        if (outputs.length == 0) return;
        bytes32[] memory roots = _rootsOf(_model(terms.modelRoot).outputs, outputs);
        if (_commitmentTo(Tags.output, roots) != outputRoot) revert WrongTensors();
        _publish(jobId, false, outputs);
    }

    /// @notice Gives the fee back if nobody has answered in time.
    function refund(Terms calldata terms) external {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Open);
        if (block.timestamp <= job.since + terms.answerPeriod) revert WrongTime();
        job.status = Status.Closed;
        _credit(terms.requester, terms.fee);
        emit Refunded(jobId);
    }

    /// @notice Makes a result final that nobody has beaten, and pays its server.
    function finalize(Terms calldata terms) external {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Answered);
        // J7
        if (block.timestamp < job.since + terms.window) revert WrongTime();
        if (job.games != 0 || job.demands != 0) revert Disputed();
        job.status = Status.Final;
        _credit(job.server, uint256(terms.fee) + terms.bond);
        emit Finalized(jobId, job.outputRoot);
    }

    /// @notice Calls the requester with the final result. Whether the call succeeds changes nothing else; one that fails
    /// may be repeated.
    function deliver(Terms calldata terms) external {
        (bytes32 jobId, Job storage job) = _job(terms, Status.Final);
        if (job.delivered || terms.callbackGas == 0) revert WrongStatus(job.status);
        // J8: reentering finds it delivered.
        job.delivered = true;
        bytes memory message = abi.encodeCall(Receiver.receiveResult, (jobId, job.outputRoot));
        (address requester, uint256 callbackGas) = (terms.requester, terms.callbackGas);
        // EIP-150: a call gets 63/64 of what is left, and silently less than it asks for.
        if (gasleft() * 63 / 64 < callbackGas + deliveryGas) revert TooLittleGas();
        bool success;
        // Nothing of what it returns is copied, however long.
        assembly ("memory-safe") {
            success := call(callbackGas, requester, 0, add(message, 32), mload(message), 0, 0)
        }
        if (!success) job.delivered = false;
        emit Delivered(jobId, success);
    }

    /// @notice The job's state; its Terms say what it is about.
    function jobOf(bytes32 jobId) external view returns (Job memory) {
        return jobs[jobId];
    }

    /// @notice The job's output root, once it is final: FAILED if a node of the model fails.
    function resultOf(bytes32 jobId) external view returns (bytes32) {
        Job storage job = jobs[jobId];
        if (job.status != Status.Final) revert WrongStatus(job.status);
        return job.outputRoot;
    }

    /// The job of these terms, which has to be in this state.
    function _job(Terms memory terms, Status status) internal view returns (bytes32 jobId, Job storage job) {
        jobId = jobIdOf(terms);
        job = jobs[jobId];
        if (job.status != status) revert WrongStatus(job.status);
    }

    /// The result dies: half of its bond goes to `winner`, and the job is open again.
    function _die(bytes32 jobId, Job storage job, address winner) internal {
        emit Died(jobId, job.attempt, winner);
        _award(winner, job.bond);
        job.server = address(0);
        job.since = uint40(block.timestamp);
        ++job.attempt;
        job.status = Status.Open;
        job.outputPublished = false;
        job.outputRoot = 0;
        // What was in flight is taken back one by one.
        job.games = 0;
        job.demands = 0;
    }

    /// inputRoot or outputRoot: tag ‖ u16 number of ports ‖ value roots.
    function _commitmentTo(bytes32 tag, bytes32[] memory roots) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(tag, uint16(roots.length), roots));
    }

    function _open(
        Terms memory terms,
        Port[] memory ports,
        bytes32[] memory roots,
        bytes32[] calldata siblings,
        bool stored,
        string memory uri
    ) private returns (bytes32 jobId) {
        // J1
        terms.requester = msg.sender;
        // There is less ether than 2^96 wei.
        terms.fee = uint96(msg.value);
        terms.inputRoot = _commitmentTo(Tags.input, roots);
        terms.start = _startContext(terms.modelRoot, ports, roots, siblings);
        _checkTerms(terms, ports, stored);
        jobId = jobIdOf(terms);
        Job storage job = jobs[jobId];
        if (job.status != Status.None) revert KnownJob();
        job.status = Status.Open;
        job.since = uint40(block.timestamp);
        emit Requested(jobId, terms.modelRoot, terms.server, terms, uri);
    }

    /// J2
    function _checkTerms(Terms memory terms, Port[] memory ports, bool stored) private view {
        bool periods = terms.clock != 0 && terms.clock <= maxClock && terms.window >= clocksInWindow * terms.clock;
        if (!periods || terms.feeCap == 0 || terms.callbackGas > maxCallbackGas) revert BadTerms();
        Model storage model = _model(terms.modelRoot);
        uint256 gas = GasBounds.game(model.header, model.outputs.length);
        // Whoever demands a stored input and then wins must not have lost by it.
        if (stored) gas += GasBounds.publication(ports);
        if (terms.bond < 2 * gas * terms.feeCap) revert BondTooSmall(2 * gas * terms.feeCap);
    }

    /// J3: the initial context with the inputs in their leaves, which were empty.
    function _startContext(bytes32 modelRoot, Port[] memory ports, bytes32[] memory roots, bytes32[] calldata siblings)
        private
        view
        returns (bytes32)
    {
        if (roots.length != ports.length) revert WrongTensors();
        Subtrees memory leaves = Subtrees(new uint256[](ports.length), new bytes32[](ports.length));
        for (uint256 i = 0; i < ports.length; ++i) {
            leaves.places[i] = uint256(ports[i].value) << 8;
        }
        Model storage model = _model(modelRoot);
        uint256 depth = model.header.contextDepth;
        if (Tree.root(leaves, depth, siblings) != model.header.initialContext) revert WrongContextProof();
        leaves.roots = roots;
        return Tree.root(leaves, depth, siblings);
    }

    /// J5
    function _checkServer(address server, bytes32 jobId, bytes32 outputRoot, bytes32 salt) private view {
        if (server == msg.sender) return;
        if (server != address(0)) revert NotYourJob();
        Commitment storage commitment = commitments[jobId][msg.sender];
        if (commitment.hash != keccak256(abi.encode(jobId, msg.sender, outputRoot, salt))) revert NotYourJob();
        if (block.timestamp < commitment.time + commitmentAge) revert WrongTime();
    }

    function _rootsOf(Port[] memory ports, bytes[] calldata tensors) private pure returns (bytes32[] memory roots) {
        if (tensors.length != ports.length) revert WrongTensors();
        roots = new bytes32[](ports.length);
        for (uint256 i = 0; i < ports.length; ++i) {
            if (tensors[i].length != ports[i].size) revert WrongTensors();
            roots[i] = Tensor.root(tensors[i], Tensor.depthFor(ports[i].size), ports[i].isBool);
        }
    }

    function _publish(bytes32 jobId, bool isInput, bytes[] calldata tensors) private {
        for (uint256 i = 0; i < tensors.length; ++i) {
            emit Published(jobId, isInput, i, 0, tensors[i]);
        }
    }
}
