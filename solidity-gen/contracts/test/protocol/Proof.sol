// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

/// Trees with all their leaves and the siblings that open some of them, written independently of src/Tree.sol: levels of
/// nodes, built from below.
library Proof {
    function parent(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(left, right));
    }

    /// All levels, the leaves first; leaves that are missing are `pad`.
    function levels(bytes32[] memory leaves, uint256 depth, bytes32 pad)
        internal
        pure
        returns (bytes32[][] memory all)
    {
        all = new bytes32[][](depth + 1);
        all[0] = new bytes32[](1 << depth);
        for (uint256 i = 0; i < all[0].length; ++i) {
            all[0][i] = i < leaves.length ? leaves[i] : pad;
        }
        for (uint256 height = 1; height <= depth; ++height) {
            all[height] = new bytes32[](1 << (depth - height));
            for (uint256 i = 0; i < all[height].length; ++i) {
                all[height][i] = parent(all[height - 1][2 * i], all[height - 1][2 * i + 1]);
            }
        }
    }

    function root(bytes32[] memory leaves, uint256 depth) internal pure returns (bytes32) {
        return levels(leaves, depth, 0)[depth][0];
    }

    /// The siblings that open the subtrees of 2^height[i] leaves from first[i] on: of each in turn, upwards, the siblings
    /// that hold no opened one, until one on the right does.
    function siblings(bytes32[][] memory all, uint256[] memory first, uint256[] memory height)
        internal
        pure
        returns (bytes32[] memory result)
    {
        bytes32[] memory buffer = new bytes32[](all[0].length);
        uint256 count = 0;
        for (uint256 i = 0; i < first.length; ++i) {
            for (uint256 h = height[i]; h + 1 < all.length; ++h) {
                uint256 sibling = (first[i] >> h) ^ 1;
                bool holdsOther = holds(first, sibling << h, 1 << h);
                if (holdsOther && sibling & 1 == 1) break;
                if (!holdsOther) buffer[count++] = all[h][sibling];
            }
        }
        if (first.length == 0) buffer[count++] = all[all.length - 1][0];
        result = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            result[i] = buffer[i];
        }
    }

    /// Of one leaf: from its own sibling upwards, as the step contract takes them too.
    function siblings(bytes32[][] memory all, uint256 leaf) internal pure returns (bytes32[] memory) {
        uint256[] memory first = new uint256[](1);
        first[0] = leaf;
        return siblings(all, first, new uint256[](1));
    }

    /// Of two neighbours.
    function siblingsOfPair(bytes32[][] memory all, uint256 leaf) internal pure returns (bytes32[] memory) {
        uint256[] memory first = new uint256[](2);
        (first[0], first[1]) = (leaf, leaf + 1);
        return siblings(all, first, new uint256[](2));
    }

    function holds(uint256[] memory first, uint256 begin, uint256 size) private pure returns (bool) {
        for (uint256 i = 0; i < first.length; ++i) {
            if (first[i] >= begin && first[i] < begin + size) return true;
        }
        return false;
    }
}
