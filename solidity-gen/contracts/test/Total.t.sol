// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {StepTest, Word, t0, t1, t2} from "./StepTest.sol";
import {vm} from "./Vm.sol";
import {Machine, Status, Witness} from "./Witness.sol";

/// The transition function is total: every state has one successor, and the witness of a trap holds only what the
/// checks before it needed. Causes are those of vm/isa/Mips32.td.
contract TotalTest is StepTest {
    using Witness for Machine;

    /// The same machine, moved on by one instruction.
    function next(Machine memory m) private pure returns (Machine memory) {
        m.pc = m.nextPc;
        unchecked {
            m.nextPc += 4;
        }
        return m;
    }

    function test_ContractFitsTheCodeSizeLimit() public view {
        // EIP-170
        vm.assertLe(address(step).code.length, 24_576, "deployable");
    }

    function test_HaltedAndTrappedMachinesStayAsTheyAre() public view {
        Machine memory m = Witness.executing(Word.addu);
        m.status = Status.Halted;
        checkStep(m.pack(), m, "halted");
        checkRejected(m.fetching(), "a halted machine fetches nothing");
        m.status = Status.Trapped;
        m.cause = 6;
        checkStep(m.pack(), m, "trapped");
        checkRejected(m.fetching(), "a trapped machine fetches nothing");
    }

    /// Only status 0 runs; a state may hold any byte there, for only its hash is agreed.
    function test_EveryOtherStatusByteStaysAsItIs() public view {
        bytes memory state = Witness.executing(Word.addu).pack();
        for (uint256 status = 1; status < 256; ++status) {
            state[140] = bytes1(uint8(status));
            (bool accepted, bytes32 pre, bytes32 post) = execute(state);
            vm.assertTrue(accepted, vm.toString(status));
            vm.assertEq(pre, keccak256(state), vm.toString(status));
            vm.assertEq(post, pre, vm.toString(status));
        }
    }

    function test_SuccessorOfATrapIsItself() public view {
        Machine memory m = Witness.executing(Word.reserved);
        checkTrap(m.fetching(), m, 3, "reserved");
        m.status = Status.Trapped;
        m.cause = 3;
        checkStep(m.pack(), m, "trapped");
    }

    function test_AddMovesOn() public view {
        Machine memory m = Witness.executing(Word.addu);
        m.gpr[t0] = 40;
        m.gpr[t1] = 2;
        bytes memory witness = m.fetching();
        m.gpr[t2] = 42;
        checkStep(witness, next(m), "addu");
    }

    function test_LoadAtTheLastWordOfMemory() public view {
        Machine memory m = Witness.executing(Word.lw);
        m.memAddress = 0x3fc;
        m.gpr[t0] = 0x3fc;
        m.memLeaf = Witness.setWord(0, 0x3fc, 0x01020304);
        bytes memory witness = m.accessing();
        m.gpr[t1] = 0x01020304;
        checkStep(witness, next(m), "lw");
    }

    function test_StoreChangesTheMemoryRoot() public view {
        Machine memory m = Witness.executing(Word.sb);
        m.gpr[t0] = 0x5f;
        m.gpr[t1] = 0xaabbccdd;
        m.memLeaf = keccak256("what lies in memory");
        bytes memory witness = m.accessing();
        m.memLeaf = bytes32((uint256(m.memLeaf) & ~uint256(0xff)) | 0xdd);
        checkStep(witness, next(m), "sb");
    }

    function test_BranchTakesEffectAfterTheDelaySlot() public view {
        Machine memory m = Witness.executing(Word.beq);
        bytes memory witness = m.fetching();
        m.pc = 0x84;
        m.nextPc = 0x90;
        checkStep(witness, m, "beq");
    }

    function test_BranchInADelaySlotTraps() public view {
        Machine memory m = Witness.executing(Word.j);
        m.nextPc = 0x100;
        checkTrap(m.fetching(), m, 4, "j");
        m = Witness.executing(Word.beq);
        m.nextPc = 0x100;
        m.gpr[t0] = 1; // not taken
        checkTrap(m.fetching(), m, 4, "beq");
        m = Witness.executing(Word.bnel);
        m.nextPc = 0x100;
        checkTrap(m.fetching(), m, 4, "bnel, not taken");
        m.gpr[t0] = 1;
        checkTrap(m.fetching(), m, 4, "bnel, taken");
    }

    function test_LikelyBranchNullifiesItsDelaySlot() public view {
        Machine memory m = Witness.executing(Word.bnel);
        bytes memory witness = m.fetching();
        m.pc = 0x88;
        m.nextPc = 0x8c;
        checkStep(witness, m, "not taken");
        m = Witness.executing(Word.bnel);
        m.gpr[t0] = 1;
        witness = m.fetching();
        m.pc = 0x84;
        m.nextPc = 0x90;
        checkStep(witness, m, "taken");
    }

    /// At the end of the code addresses pc wraps, as every address does.
    function test_NullifiedDelaySlotAtTheEndOfAllCode() public view {
        Machine memory m = Witness.executing(0);
        m.codeDepth = 27;
        m.pc = 0xfffffff8;
        m.nextPc = 0xfffffffc;
        m.codeAddress = m.pc;
        m.codeLeaf = Witness.setWord(Witness.codePad, m.pc, Word.bnel);
        bytes memory witness = m.fetching();
        m.pc = 0;
        m.nextPc = 4;
        checkStep(witness, m, "bnel");
    }

    function test_FetchTrapsNeedNoProof() public view {
        Machine memory m = Witness.executing(Word.addu);
        for (uint32 low = 1; low < 4; ++low) {
            m.pc = 0x80 + low;
            checkTrap(m.pack(), m, 1, "misaligned pc");
            checkRejected(m.fetching(), "a misaligned pc fetches nothing");
        }
        // 2^4 leaves hold the code addresses below 0x200.
        uint32[4] memory outside = [uint32(0x200), 0x1000, 0x80000000, 0xfffffffc];
        for (uint256 i = 0; i < outside.length; ++i) {
            m.pc = outside[i];
            m.nextPc = 0;
            checkTrap(m.pack(), m, 2, "pc outside the code tree");
            checkRejected(m.fetching(), "a pc outside the code tree fetches nothing");
        }
    }

    function test_MisalignedPcIsFoundBeforeItsRange() public view {
        Machine memory m = Witness.executing(Word.addu);
        m.pc = 0xffffffff;
        checkTrap(m.pack(), m, 1, "misaligned first");
    }

    function test_AccessTrapsNeedNoMemoryProof() public view {
        uint32[4] memory outside = [uint32(0x400), 0x440, 0x80000040, 0xfffffffc];
        for (uint256 i = 0; i < outside.length; ++i) {
            checkAccessTrap(Word.lw, outside[i], 6);
            checkAccessTrap(Word.sw, outside[i], 8);
            checkAccessTrap(Word.lw, outside[i] | 1, 5);
            checkAccessTrap(Word.sw, outside[i] | 2, 7);
        }
    }

    function checkAccessTrap(uint32 word, uint32 data, uint8 cause) private view {
        Machine memory m = Witness.executing(word);
        m.gpr[t0] = data;
        checkTrap(m.fetching(), m, cause, vm.toString(data));
        checkRejected(m.accessing(), "a trapping access proves no memory");
    }

    function test_OverflowTrapsBeforeTheRegisterIsWritten() public view {
        Machine memory m = Witness.executing(Word.add);
        m.gpr[t0] = 0x7fffffff;
        m.gpr[t1] = 1;
        checkTrap(m.fetching(), m, 9, "add");
    }

    function test_SystemCallHaltsOrTraps() public view {
        Machine memory m = Witness.executing(Word.syscall);
        checkTrap(m.fetching(), m, 12, "v0 = 0");
        m.gpr[2] = 4001;
        bytes memory witness = m.fetching();
        m.status = Status.Halted;
        checkStep(witness, m, "v0 = 4001");
    }

    /// A word is fetched from the place in its leaf that pc says, in each of its eight places.
    function test_FetchesFromEveryPlaceInALeaf() public view {
        for (uint32 place = 0; place < 8; ++place) {
            Machine memory m = Witness.executing(Word.reserved);
            m.pc = 0x80 + 4 * place;
            m.nextPc = m.pc + 4;
            m.codeLeaf = Witness.setWord(Witness.codePad, m.pc, Word.addu);
            m.gpr[t0] = place;
            bytes memory witness = m.fetching();
            m.gpr[t2] = place;
            checkStep(witness, next(m), "addu");
        }
    }

    /// Depths from a single leaf up to 2^32 bytes, and those beyond, which a state may name though no model does.
    function test_ExtremeDepths() public view {
        checkLoad(0, 0x1c);
        checkLoad(27, 0xfffffffc);
        checkLoad(28, 0xfffffffc);
        checkLoad(255, 0xfffffffc);
    }

    function checkLoad(uint8 depth, uint32 data) private view {
        Machine memory m = Witness.executing(0);
        m.codeDepth = depth;
        m.memDepth = depth;
        m.pc = data;
        m.nextPc = 0x40;
        m.codeAddress = data;
        m.codeLeaf = Witness.setWord(Witness.codePad, data, Word.lw);
        m.memAddress = data;
        m.gpr[t0] = data;
        m.memLeaf = Witness.setWord(0, data, 0x12345678);
        bytes memory witness = m.accessing();
        m.gpr[t1] = 0x12345678;
        checkStep(witness, next(m), "lw");
    }

    function testFuzz_EveryStateHasASuccessor(uint32 word, uint32 nextPc, uint32[32] memory registers) public view {
        Machine memory m = Witness.executing(word);
        m.nextPc = nextPc;
        m.gpr = registers;
        // A step touches the memory leaf of an address that only it knows, so memory of one leaf holds them all.
        m.memDepth = 0;
        (bool fetched,,) = execute(m.fetching());
        (bool accessed,,) = execute(m.accessing());
        vm.assertTrue(fetched != accessed, "exactly one of the two witnesses is accepted");
    }
}
