// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// Value roots from the bytes of tensors.
library Tensor {
    /// A byte of a bool tensor is neither 0 nor 1: what it means would depend on the engine.
    error NotBool();

    /// The least depth of a tree that holds as many bytes.
    function depthFor(uint256 size) internal pure returns (uint256 depth) {
        while (uint256(32) << depth < size) ++depth;
    }

    /// The root of the tree over `data`, padded with zeros. Requires that the tree is large enough.
    function root(bytes calldata data, uint256 depth, bool isBool) internal pure returns (bytes32 node) {
        bool allBool = true;
        // In place, behind what Solidity has allocated; that memory may hold anything, hence the zeros from beyond the
        // end of the calldata.
        assembly ("memory-safe") {
            let at := mload(0x40)
            let size := shl(depth, 32)
            calldatacopy(at, data.offset, data.length)
            calldatacopy(add(at, data.length), calldatasize(), sub(size, data.length))
            if isBool {
                let bits := 0
                for { let i := 0 } lt(i, size) { i := add(i, 32) } { bits := or(bits, mload(add(at, i))) }
                let ones := div(not(0), 0xff)
                allBool := iszero(and(bits, not(ones)))
            }
            for {} gt(size, 32) { size := shr(1, size) } {
                for { let pair := 0 } lt(pair, size) { pair := add(pair, 64) } {
                    mstore(add(at, shr(1, pair)), keccak256(add(at, pair), 64))
                }
            }
            node := mload(at)
        }
        if (!allBool) revert NotBool();
    }
}
