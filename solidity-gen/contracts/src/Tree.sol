// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity 0.8.37;

/// Subtrees of one tree, disjoint and in ascending order.
struct Subtrees {
    /// Index of the first leaf << 8 | height.
    uint256[] places;
    bytes32[] roots;
}

/// Roots of binary Merkle trees over 32-byte unhashed leaves, of which some subtrees are known.
/// @dev One climb serves proofs of one leaf, of several at once, of whole slots, and the initial memory of a node.
library Tree {
    /// The proof has other siblings than the ones that the tree's shape asks for.
    error WrongProofLength();
    /// The subtrees overlap, are not aligned, not in order, or outside the tree.
    error MisplacedSubtree();

    /// The greatest depth of any tree here: memory of 2^32 bytes.
    uint256 internal constant maxDepth = 27;

    /// The root of the tree with these subtrees and siblings. Each subtree in turn asks for the siblings on its way up,
    /// but for those that hold other known subtrees; it ends at the root, or below a right sibling that holds the next one.
    function root(Subtrees memory known, uint256 depth, bytes32[] memory siblings) internal pure returns (bytes32 node) {
        if (known.places.length == 0) {
            if (siblings.length != 1) revert WrongProofLength();
            return siblings[0];
        }
        uint256 used;
        (node, used) = _climb(known, depth, siblings, false);
        if (used != siblings.length) revert WrongProofLength();
    }

    /// The same for one subtree.
    function root(uint256 place, bytes32 subtree, uint256 depth, bytes32[] memory siblings)
        internal
        pure
        returns (bytes32)
    {
        Subtrees memory known = Subtrees(new uint256[](1), new bytes32[](1));
        known.places[0] = place;
        known.roots[0] = subtree;
        return root(known, depth, siblings);
    }

    /// The root of the tree that is zero but for these subtrees.
    function sparseRoot(Subtrees memory known, uint256 depth) internal pure returns (bytes32 node) {
        bytes32[] memory zeros = new bytes32[](depth + 1);
        for (uint256 height = 0; height < depth; ++height) {
            zeros[height + 1] = hash(zeros[height], zeros[height]);
        }
        if (known.places.length == 0) return zeros[depth];
        (node,) = _climb(known, depth, zeros, true);
    }

    function hash(bytes32 left, bytes32 right) internal pure returns (bytes32 node) {
        // The scratch space takes both halves.
        assembly ("memory-safe") {
            mstore(0, left)
            mstore(32, right)
            node := keccak256(0, 64)
        }
    }

    /// Where nothing is known stands the next of `others`, or if `byHeight` the one of that height.
    function _climb(Subtrees memory known, uint256 depth, bytes32[] memory others, bool byHeight)
        private
        pure
        returns (bytes32 node, uint256 used)
    {
        // Left siblings that wait for their right ones lie, with their heights, on a stack behind Solidity's memory: at most
        // one of each height. The scratch space takes pairs to be hashed.
        assembly ("memory-safe") {
            // The selectors of MisplacedSubtree and WrongProofLength are written out below.
            function fail(selector) {
                mstore(0, selector)
                revert(28, 4)
            }
            let stack := mload(0x40)
            let top := stack
            for { let i := 32 } iszero(gt(i, shl(5, mload(mload(known))))) { i := add(i, 32) } {
                let height := mload(add(mload(known), i))
                let index := shr(8, height)
                height := and(height, 0xff)
                if or(gt(height, depth), mod(index, shl(height, 1))) { fail(0xe0c516f8) }
                index := shr(height, index)
                // The first leaf of the next subtree; behind the last, one that no tree has.
                let next := not(0)
                if lt(i, shl(5, mload(mload(known)))) { next := shr(8, mload(add(mload(known), add(i, 32)))) }
                node := mload(add(mload(add(known, 32)), i))
                for {} lt(height, depth) {} {
                    if iszero(and(index, 1)) {
                        if eq(shr(height, next), add(index, 1)) {
                            mstore(top, node)
                            mstore(add(top, 32), height)
                            top := add(top, 64)
                            break
                        }
                    }
                    mstore(shl(5, and(index, 1)), node)
                    let waits := 0
                    if and(index, gt(top, stack)) { waits := eq(mload(sub(top, 32)), height) }
                    switch waits
                    case 0 {
                        let position := used
                        if byHeight { position := height }
                        if iszero(lt(position, mload(others))) { fail(0x6e80130b) }
                        mstore(shl(5, iszero(and(index, 1))), mload(add(others, shl(5, add(position, 1)))))
                        used := add(used, 1)
                    }
                    default {
                        top := sub(top, 64)
                        mstore(0, mload(top))
                    }
                    node := keccak256(0, 64)
                    index := shr(1, index)
                    height := add(height, 1)
                }
                // Only the last arrives at the root, and there it is the only node.
                if eq(height, depth) { if or(index, iszero(eq(next, not(0)))) { fail(0xe0c516f8) } }
            }
        }
    }
}
