// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// The values that one move claims at the sixteenths of an interval, the last at its end, as the leaves of a tree.
library Section {
    uint256 internal constant bits = 4;
    uint256 internal constant values = 16;

    function root(bytes32[16] calldata section) internal pure returns (bytes32 node) {
        // Level by level in place, in memory behind what Solidity has allocated.
        assembly ("memory-safe") {
            let at := mload(0x40)
            calldatacopy(at, section, 512)
            for { let size := 512 } gt(size, 32) { size := shr(1, size) } {
                for { let pair := 0 } lt(pair, size) { pair := add(pair, 64) } {
                    mstore(add(at, shr(1, pair)), keccak256(add(at, pair), 64))
                }
            }
            node := mload(at)
        }
    }
}
