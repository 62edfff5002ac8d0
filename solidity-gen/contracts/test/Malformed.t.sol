// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {StepTest, Word, t0, t1} from "./StepTest.sol";
import {vm} from "./Vm.sol";
import {Machine, Status, Witness} from "./Witness.sol";

/// A player who tampers with a witness gets a revert, or a statement about another state than the agreed one.
contract MalformedTest is StepTest {
    using Witness for Machine;

    uint256 private constant stateBytes = 208;

    function alu() private pure returns (Machine memory m) {
        m = Witness.executing(Word.addu);
        m.gpr[t0] = 40;
        m.gpr[t1] = 2;
    }

    function access(uint32 word) private pure returns (Machine memory m) {
        m = Witness.executing(word);
        m.gpr[t0] = 0x44;
        m.gpr[t1] = 0xaabbccdd;
        m.memLeaf = keccak256("what lies in memory");
    }

    function honest(uint256 kind) private pure returns (bytes memory) {
        if (kind == 0) return alu().fetching();
        if (kind == 1) return access(Word.lw).accessing();
        return access(Word.sw).accessing();
    }

    /// Every byte of every kind of witness, with its lowest bit and with all bits turned.
    function test_EveryFlippedByteIsRejectedOrChangesThePreState() public view {
        for (uint256 kind = 0; kind < 3; ++kind) {
            bytes memory witness = honest(kind);
            (bool accepted, bytes32 agreed,) = execute(witness);
            vm.assertTrue(accepted, "the honest witness is accepted");
            for (uint256 i = 0; i < witness.length; ++i) {
                checkTampered(witness, i, 0x01, agreed);
                checkTampered(witness, i, 0xff, agreed);
            }
        }
    }

    function checkTampered(bytes memory witness, uint256 position, bytes1 mask, bytes32 agreed) private view {
        witness[position] ^= mask;
        (bool accepted, bytes32 pre,) = execute(witness);
        if (position >= stateBytes) vm.assertFalse(accepted, "a changed proof is rejected");
        if (accepted) vm.assertTrue(pre != agreed, "a changed state has another hash");
        witness[position] ^= mask;
    }

    function test_EveryOtherLengthIsRejected() public view {
        for (uint256 kind = 0; kind < 3; ++kind) {
            bytes memory witness = honest(kind);
            for (uint256 length = 0; length < witness.length; ++length) {
                checkRejected(slice(witness, length), "a truncated witness is rejected");
            }
            for (uint256 extra = 1; extra <= 96; ++extra) {
                checkRejected(abi.encodePacked(witness, new bytes(extra)), "trailing bytes are rejected");
            }
        }
    }

    function test_MemoryProofWhereNoneIsNeededIsRejected() public view {
        Machine memory m = alu();
        checkRejected(m.accessing(), "addu touches no memory");
    }

    function test_MissingMemoryProofIsRejected() public view {
        checkRejected(access(Word.lw).fetching(), "lw needs a memory proof");
        checkRejected(access(Word.sw).fetching(), "sw needs a memory proof");
    }

    function test_ProofOfAnotherCodeLeafIsRejected() public view {
        Machine memory elsewhere = alu();
        elsewhere.codeAddress = 0xa0;
        // The same leaf and siblings, but in the state's code tree the leaf stands at another index.
        checkRejected(abi.encodePacked(elsewhere.pack(), elsewhere.codeProof()), "a leaf proves its own index only");
    }

    function test_ProofOfAnotherMemoryLeafIsRejected() public view {
        Machine memory m = access(Word.lw);
        m.gpr[t0] = 0x64; // the next leaf
        checkRejected(m.accessing(), "the leaf at 0x40 says nothing about 0x64");
    }

    function test_ExchangedCodeAndMemoryProofsAreRejected() public view {
        Machine memory m = access(Word.lw);
        m.memDepth = m.codeDepth;
        checkRejected(abi.encodePacked(m.pack(), m.memoryProof(), m.codeProof()), "code comes first");
    }

    function test_InnerNodeIsNotALeaf() public view {
        // A proof one level shorter, beginning at an inner node, folds to the same root.
        Machine memory m = access(Word.lw);
        bytes32 inner = keccak256(abi.encodePacked(m.memLeaf, bytes32(0)));
        bytes32[] memory path = Witness.siblings(keccak256(new bytes(64)), m.memDepth - 1);
        checkRejected(abi.encodePacked(m.pack(), m.codeProof(), inner, path), "the depth is bound by the state");
    }

    function test_ValueIsRejected() public {
        vm.deal(address(this), 1 ether);
        (bool accepted,) = address(step).call{value: 1}(alu().fetching());
        vm.assertFalse(accepted, "the contract takes no money");
    }

    /// Whatever follows a state, an accepted witness has one outcome: the contract states a function of the state.
    function testFuzz_AcceptedProofsOfOneStateAgree(uint256 kind, uint256 position, bytes32 garbage) public view {
        kind %= 3;
        bytes memory witness = honest(kind);
        (, bytes32 pre, bytes32 post) = execute(witness);
        position = stateBytes + position % (witness.length - stateBytes - 31);
        assembly ("memory-safe") {
            mstore(add(add(witness, 32), position), garbage)
        }
        (bool accepted, bytes32 otherPre, bytes32 otherPost) = execute(witness);
        if (accepted) {
            vm.assertEq(otherPre, pre, "the pre-state is the state's hash");
            vm.assertEq(otherPost, post, "the post-state is determined");
        }
    }

    function testFuzz_RandomCalldataNeverMisstatesThePreState(bytes memory data) public view {
        (bool accepted, bytes32 pre,) = execute(data);
        if (accepted) vm.assertEq(pre, keccak256(slice(data, stateBytes)), "the pre-state is the state's hash");
    }
}
