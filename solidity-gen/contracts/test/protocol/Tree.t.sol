// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Section} from "../../src/Section.sol";
import {Subtrees, Tree} from "../../src/Tree.sol";
import {Tensor} from "../../src/Tensor.sol";
import {vm} from "../Vm.sol";
import {Proof} from "./Proof.sol";

/// The climb that all proofs are made of, against trees with all their leaves.
contract TreeTest {
    function leaves(uint256 count, bytes32 seed) private pure returns (bytes32[] memory all) {
        all = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            all[i] = keccak256(abi.encode(seed, i));
        }
    }

    /// Disjoint aligned subtrees, as the bits of `choice` tell.
    function pick(bytes32[][] memory all, uint256 choice)
        private
        pure
        returns (Subtrees memory known, uint256[] memory first, uint256[] memory height)
    {
        uint256 size = all[0].length;
        (known, first, height) =
        (Subtrees(new uint256[](size), new bytes32[](size)), new uint256[](size), new uint256[](size));
        uint256 count = 0;
        uint256 leaf = 0;
        while (leaf < size) {
            uint256 up = choice >> 1 & 3;
            while (leaf % (1 << up) != 0 || leaf + (1 << up) > size) --up;
            if (choice & 1 == 1) {
                (first[count], height[count]) = (leaf, up);
                (known.places[count], known.roots[count]) = (leaf << 8 | up, all[up][leaf >> up]);
                ++count;
            }
            leaf += 1 << up;
            choice = uint256(keccak256(abi.encode(choice)));
        }
        (uint256[] memory places, bytes32[] memory roots) = (known.places, known.roots);
        assembly {
            mstore(places, count)
            mstore(roots, count)
            mstore(first, count)
            mstore(height, count)
        }
    }

    function testFuzz_ProofsOfAnySubtreesLeadToTheRoot(uint8 depth, uint256 choice) public pure {
        depth = depth % 6;
        bytes32[][] memory all = Proof.levels(leaves(1 << depth, "a"), depth, 0);
        (Subtrees memory known, uint256[] memory first, uint256[] memory height) = pick(all, choice);
        bytes32[] memory siblings = Proof.siblings(all, first, height);
        vm.assertEq(Tree.root(known, depth, siblings), all[depth][0], "the root");
    }

    function testFuzz_AChangedProofLeadsElsewhere(uint8 depth, uint256 choice, uint256 where, bytes32 change)
        public
        pure
    {
        depth = 1 + depth % 5;
        vm.assume(change != 0);
        bytes32[][] memory all = Proof.levels(leaves(1 << depth, "a"), depth, 0);
        (Subtrees memory known, uint256[] memory first, uint256[] memory height) = pick(all, choice);
        bytes32[] memory siblings = Proof.siblings(all, first, height);
        where %= known.roots.length + siblings.length;
        if (where < siblings.length) siblings[where] ^= change;
        else known.roots[where - siblings.length] ^= change;
        vm.assertTrue(Tree.root(known, depth, siblings) != all[depth][0], "another root");
    }

    function testFuzz_ZeroElsewhere(uint8 depth, uint256 choice) public pure {
        depth = depth % 6;
        bytes32[] memory all = leaves(1 << depth, "a");
        (Subtrees memory known, uint256[] memory first, uint256[] memory height) =
            pick(Proof.levels(all, depth, 0), choice);
        for (uint256 leaf = 0; leaf < all.length; ++leaf) {
            bool isKnown = false;
            for (uint256 i = 0; i < first.length; ++i) {
                isKnown = isKnown || (leaf >= first[i] && leaf < first[i] + (1 << height[i]));
            }
            if (!isKnown) all[leaf] = 0;
        }
        vm.assertEq(Tree.sparseRoot(known, depth), Proof.root(all, depth), "the root");
    }

    function root(uint256[] memory places, uint256 depth, uint256 siblings) external pure returns (bytes32) {
        return Tree.root(Subtrees(places, new bytes32[](places.length)), depth, new bytes32[](siblings));
    }

    function refuse(uint256 first, uint256 second, uint256 siblings, bytes4 why) private {
        uint256[] memory places = new uint256[](2);
        (places[0], places[1]) = (first, second);
        vm.expectRevert(why);
        this.root(places, 3, siblings);
    }

    function test_MisplacedSubtreesAreRefused() public {
        refuse(5 << 8, 3 << 8, 3, Tree.MisplacedSubtree.selector); // not in order
        refuse(3 << 8, 3 << 8, 3, Tree.MisplacedSubtree.selector); // twice
        refuse(2 << 8 | 1, 3 << 8, 3, Tree.MisplacedSubtree.selector); // one inside the other
        refuse(1 << 8 | 1, 6 << 8, 3, Tree.MisplacedSubtree.selector); // no multiple of its size
        refuse(1 << 8, 8 << 8, 3, Tree.MisplacedSubtree.selector); // behind the last leaf
        refuse(1 << 8, 0 << 8 | 4, 3, Tree.MisplacedSubtree.selector); // higher than the tree
    }

    function section(bytes32[16] calldata values) external pure returns (bytes32) {
        return Section.root(values);
    }

    function test_ASectionIsATreeOf16Leaves() public view {
        bytes32[16] memory values;
        bytes32[] memory all = leaves(16, "s");
        for (uint256 i = 0; i < 16; ++i) {
            values[i] = all[i];
        }
        vm.assertEq(this.section(values), Proof.root(all, 4), "the root");
    }

    function tensor(bytes calldata data, uint256 depth, bool isBool) external pure returns (bytes32) {
        // Memory that is not clean, which the padding must not be made of.
        assembly {
            for { let i := 0 } lt(i, 4096) { i := add(i, 32) } { mstore(add(mload(0x40), i), not(0)) }
        }
        return Tensor.root(data, depth, isBool);
    }

    function testFuzz_ATensorIsPaddedWithZeros(bytes memory data) public view {
        uint256 depth = Tensor.depthFor(data.length);
        bytes32[] memory all = new bytes32[](1 << depth);
        for (uint256 i = 0; i < data.length; ++i) {
            all[i / 32] |= bytes32(uint256(uint8(data[i])) << (8 * (31 - i % 32)));
        }
        vm.assertEq(this.tensor(data, depth, false), Proof.root(all, depth), "the value root");
    }

    function testFuzz_BoolsAreLookedAtOneByOne(uint8 position, uint8 value) public {
        bytes memory data = new bytes(200);
        data[position % 200] = bytes1(value);
        if (value > 1) vm.expectRevert(Tensor.NotBool.selector);
        this.tensor(data, 3, true);
    }
}
