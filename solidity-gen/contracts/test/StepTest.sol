// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {MipsStep} from "../src/MipsStep.sol";
import {vm} from "./Vm.sol";
import {Machine, Status, Witness} from "./Witness.sol";

/// Words of the MIPS manual, with the registers that the tests use.
library Word {
    uint32 internal constant addu = 0x01095021; // addu $t2, $t0, $t1
    uint32 internal constant add = 0x01095020; //  add $t2, $t0, $t1
    uint32 internal constant lw = 0x8d090000; //   lw $t1, 0($t0)
    uint32 internal constant sw = 0xad090000; //   sw $t1, 0($t0)
    uint32 internal constant sb = 0xa1090000; //   sb $t1, 0($t0)
    uint32 internal constant j = 0x08000000; //    j 0
    uint32 internal constant beq = 0x11090003; //  beq $t0, $t1, 3 words on
    uint32 internal constant bnel = 0x55090003; // bnel $t0, $t1, 3 words on
    uint32 internal constant syscall = 0x0000000c;
    uint32 internal constant reserved = 0xffffffff;
}

uint256 constant t0 = 8;
uint256 constant t1 = 9;
uint256 constant t2 = 10;

/// Runs steps on the generated contract and checks them.
abstract contract StepTest {
    using Witness for Machine;

    MipsStep internal step;

    function setUp() public {
        step = new MipsStep();
    }

    function execute(bytes memory witness) internal view returns (bool accepted, bytes32 pre, bytes32 post) {
        bytes memory output;
        (accepted, output) = address(step).staticcall(witness);
        if (accepted) {
            vm.assertEq(output.length, 64, "an accepted witness returns two hashes");
            (pre, post) = abi.decode(output, (bytes32, bytes32));
        }
    }

    function checkRejected(bytes memory witness, string memory why) internal view {
        (bool accepted,,) = execute(witness);
        vm.assertFalse(accepted, why);
    }

    /// `witness` must take the machine whose packed state it begins with to `expected`.
    function checkStep(bytes memory witness, Machine memory expected, string memory why) internal view {
        (bool accepted, bytes32 pre, bytes32 post) = execute(witness);
        vm.assertTrue(accepted, why);
        vm.assertEq(pre, keccak256(slice(witness, 208)), why);
        vm.assertEq(post, keccak256(expected.pack()), why);
    }

    /// The step must change status and cause and nothing else.
    function checkTrap(bytes memory witness, Machine memory m, uint8 cause, string memory why) internal view {
        bytes memory expected = m.pack();
        expected[140] = bytes1(uint8(Status.Trapped));
        expected[141] = bytes1(cause);
        (bool accepted, bytes32 pre, bytes32 post) = execute(witness);
        vm.assertTrue(accepted, why);
        vm.assertEq(pre, keccak256(m.pack()), why);
        vm.assertEq(post, keccak256(expected), why);
    }

    function slice(bytes memory data, uint256 length) internal pure returns (bytes memory result) {
        result = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            result[i] = data[i];
        }
    }
}
