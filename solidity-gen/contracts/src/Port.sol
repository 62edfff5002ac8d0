// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Tags} from "./Tags.sol";

/// What the chain keeps of a model's input or output.
struct Port {
    uint32 value;
    /// Bytes of the tensor, at most 2^32.
    uint40 size;
    /// Of type bool, whose bytes are 0 or 1.
    bool isBool;
}

/// The packed ports of docs/image-format.md: `u32 value ‖ u8 elementType ‖ u8 rank ‖ u64 dim… ‖ name`.
library Ports {
    /// The port is cut off, has no known element type, or is larger than 2^32 bytes.
    error MalformedPort();

    uint256 private constant headBytes = 6;
    /// Bytes of an element by its type: bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float16, bfloat16, float32, float64.
    bytes13 private constant elementBytes = hex"01010102020404080802020408";
    uint256 private constant maxBytes = 1 << 32;

    function hash(bytes calldata packed) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(Tags.port, packed));
    }

    function read(bytes calldata packed) internal pure returns (Port memory) {
        if (packed.length < headBytes) revert MalformedPort();
        uint256 elementType = uint8(packed[4]);
        uint256 rank = uint8(packed[5]);
        if (elementType >= elementBytes.length || packed.length < headBytes + 8 * rank) revert MalformedPort();
        // As in the image: the product of all dimensions but zeros is bounded, whatever the tensor's size.
        uint256 product = uint8(elementBytes[elementType]);
        bool empty = false;
        for (uint256 i = 0; i < rank; ++i) {
            uint256 dimension = uint64(bytes8(packed[headBytes + 8 * i:]));
            if (dimension == 0) empty = true;
            else product *= dimension;
            if (product > maxBytes) revert MalformedPort();
        }
        return Port(uint32(bytes4(packed)), empty ? 0 : uint40(product), elementType == 0);
    }
}
