// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// The domain tags of docs/image-format.md and docs/protocol.md.
library Tags {
    bytes32 internal constant node = "opml.node.v1";
    bytes32 internal constant port = "opml.port.v1";
    bytes32 internal constant signature = "opml.signature.v1";
    bytes32 internal constant model = "opml.model.v1";
    bytes32 internal constant input = "opml.input.v1";
    bytes32 internal constant output = "opml.output.v1";
    bytes32 internal constant game = "opml.game.v1";
}

// The context after a node that fails, and the output root of a run in which one does.
bytes32 constant failed = keccak256(abi.encodePacked(bytes32("opml.failed.v1")));
