// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

import {Subtrees, Tree} from "./Tree.sol";

/// Some leaves of a context, opened together.
struct Opening {
    /// `u32 value ‖ its root` of each, in ascending order.
    bytes values;
    bytes32[] siblings;
}

library Context {
    /// The list of values is cut off inside an element.
    error WrongOpeningLength();
    /// A value that is needed is not opened.
    error NotOpened(uint256 value);

    uint256 private constant entryBytes = 36;

    /// The opened leaves. Their order is checked when a root is computed from them.
    function read(Opening calldata opening) internal pure returns (Subtrees memory leaves) {
        bytes calldata values = opening.values;
        if (values.length % entryBytes != 0) revert WrongOpeningLength();
        uint256 count = values.length / entryBytes;
        leaves = Subtrees(new uint256[](count), new bytes32[](count));
        for (uint256 i = 0; i < count; ++i) {
            bytes calldata entry = values[i * entryBytes:(i + 1) * entryBytes];
            leaves.places[i] = uint256(uint32(bytes4(entry))) << 8;
            leaves.roots[i] = bytes32(entry[4:]);
        }
    }

    /// Where the root of `value` stands among the leaves.
    function find(Subtrees memory leaves, uint256 value) internal pure returns (uint256) {
        uint256 low = 0;
        uint256 high = leaves.places.length;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (leaves.places[middle] >> 8 < value) low = middle + 1;
            else high = middle;
        }
        if (low == leaves.places.length || leaves.places[low] >> 8 != value) revert NotOpened(value);
        return low;
    }

    function root(Subtrees memory leaves, Opening calldata opening, uint256 depth) internal pure returns (bytes32) {
        return Tree.root(leaves, depth, opening.siblings);
    }
}
