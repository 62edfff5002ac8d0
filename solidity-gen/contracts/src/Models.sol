// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Limits} from "./Descriptor.sol";
import {Port, Ports} from "./Port.sol";
import {Section} from "./Section.sol";
import {Tags} from "./Tags.sol";
import {Tree} from "./Tree.sol";

/// What a model root binds beside the signature (docs/image-format.md).
struct ModelHeader {
    bytes32 codeRoot;
    bytes32 initialContext;
    bytes32 nodesRoot;
    uint8 codeDepth;
    uint8 contextDepth;
    uint8 nodeBits;
    uint16 maxSlots;
}

/// Models by their roots: anyone registers them, nobody changes them.
abstract contract Models {
    struct Model {
        ModelHeader header;
        Port[] inputs;
        Port[] outputs;
    }

    mapping(bytes32 modelRoot => Model) private _models;

    /// @notice Jobs may name the model from now on.
    event Registered(bytes32 indexed modelRoot);

    /// No such model is registered.
    error UnknownModel();
    /// The model is registered already.
    error KnownModel();
    /// A field is larger than a dispute about the model can bear; see docs/protocol.md.
    error UnplayableModel();

    /// Limits within which the greatest transaction of a dispute fits 128 KiB and 2^24 gas.
    uint256 private constant maxContextDepth = 18;
    uint256 private constant maxNodeBits = 20;
    uint256 private constant maxPorts = 64;
    uint256 private constant maxSlots = 256 + 16;

    /// @notice Makes a model known by what its root binds.
    /// @param inputs Packed ports (docs/image-format.md), as `outputs`.
    function register(ModelHeader calldata header, bytes[] calldata inputs, bytes[] calldata outputs) external {
        // M1
        bytes32 modelRoot = _modelRoot(header, _signatureHash(inputs, outputs));
        // M2
        if (_models[modelRoot].outputs.length != 0) revert KnownModel();
        // M3: a context of depth 0 would be a tensor's own bytes, which may be anything, FAILED too.
        bool depths = header.contextDepth != 0 && header.contextDepth <= maxContextDepth && header.codeDepth <= Tree.maxDepth;
        bool bits = header.nodeBits <= maxNodeBits && header.nodeBits % Section.bits == 0;
        bool counts = header.maxSlots <= maxSlots && inputs.length <= maxPorts && outputs.length <= maxPorts;
        if (!depths || !bits || !counts || outputs.length == 0) revert UnplayableModel();

        Model storage model = _models[modelRoot];
        model.header = header;
        _store(inputs, model.inputs, header.contextDepth);
        _store(outputs, model.outputs, header.contextDepth);
        emit Registered(modelRoot);
    }

    /// @notice What is known of a registered model.
    function modelOf(bytes32 modelRoot)
        external
        view
        returns (ModelHeader memory header, Port[] memory inputs, Port[] memory outputs)
    {
        Model storage model = _model(modelRoot);
        return (model.header, model.inputs, model.outputs);
    }

    function _model(bytes32 modelRoot) internal view returns (Model storage model) {
        model = _models[modelRoot];
        if (model.outputs.length == 0) revert UnknownModel();
    }

    function _limits(Model storage model) internal view returns (Limits memory) {
        return Limits(model.header.codeDepth, model.header.contextDepth, model.header.maxSlots);
    }

    /// M4
    function _store(bytes[] calldata packed, Port[] storage ports, uint256 contextDepth) private {
        for (uint256 i = 0; i < packed.length; ++i) {
            Port memory port = Ports.read(packed[i]);
            if (port.value >> contextDepth != 0) revert Ports.MalformedPort();
            ports.push(port);
        }
    }

    function _signatureHash(bytes[] calldata inputs, bytes[] calldata outputs) private pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                Tags.signature, uint16(inputs.length), uint16(outputs.length), _hashes(inputs), _hashes(outputs)
            )
        );
    }

    function _hashes(bytes[] calldata packed) private pure returns (bytes32[] memory hashes) {
        hashes = new bytes32[](packed.length);
        for (uint256 i = 0; i < packed.length; ++i) {
            hashes[i] = Ports.hash(packed[i]);
        }
    }

    function _modelRoot(ModelHeader calldata header, bytes32 signatureHash) private pure returns (bytes32) {
        bytes memory code = abi.encodePacked(header.codeRoot, header.codeDepth);
        bytes memory context = abi.encodePacked(header.initialContext, header.contextDepth);
        bytes memory nodes = abi.encodePacked(header.nodesRoot, header.nodeBits, header.maxSlots);
        return keccak256(abi.encodePacked(Tags.model, code, context, nodes, signatureHash));
    }
}
