// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Jobs, Status} from "../../src/Jobs.sol";
import {Opml} from "../../src/Opml.sol";
import {Receiver} from "../../src/Receiver.sol";
import {Terms} from "../../src/Terms.sol";
import {vm, Vm} from "../Vm.sol";
import {Arena} from "./Arena.sol";
import {Oddity, Shape} from "./TestModel.sol";

enum Behaviour {
    Takes,
    Reverts,
    BurnsAllGas,
    ReturnsMegabytes,
    Reenters
}

/// A requester that behaves as it is told.
contract Customer is Receiver {
    Opml private immutable opml;
    Behaviour public behaviour;
    Terms private terms;
    uint256 public calls;
    bytes32 public outputRoot;

    constructor(Opml opml_) {
        opml = opml_;
    }

    function behave(Behaviour behaviour_) external {
        behaviour = behaviour_;
    }

    function request(Terms memory t, bytes[] memory tensors, bytes32[] memory siblings)
        external
        returns (Terms memory)
    {
        vm.recordLogs();
        opml.request(t, tensors, siblings);
        (terms,) = abi.decode(vm.getRecordedLogs()[0].data, (Terms, string));
        return terms;
    }

    function receiveResult(bytes32, bytes32 outputRoot_) external {
        ++calls;
        outputRoot = outputRoot_;
        if (behaviour == Behaviour.Reverts) revert();
        while (behaviour == Behaviour.BurnsAllGas) {}
        if (behaviour == Behaviour.ReturnsMegabytes) {
            assembly {
                return(0, 0x100000)
            }
        }
        if (behaviour == Behaviour.Reenters) opml.deliver(terms);
    }
}

/// The call to the requester's contract, check J8: it changes nothing but itself.
contract DeliveryTest is Arena {
    uint256 private constant callbackGas = 3_000_000;

    Customer private customer;
    Terms private job;

    function setUp() public {
        open(Shape(3, 4, 1, Oddity.None, 0, ""));
        customer = new Customer(opml);
        Terms memory t = goodTerms(model().root);
        t.callbackGas = uint32(callbackGas);
        job = customer.request(t, inputTensors(), inputSiblings(model()));
        t = job;
        vm.prank(server);
        opml.answer{value: 1 ether}(t, keccak256("outputs"), 0, new bytes[](0));
    }

    function finalize() private returns (Terms memory t) {
        t = job;
        vm.warp(block.timestamp + 4 days);
        opml.finalize(t);
    }

    /// Delivers and returns whether the requester took it.
    function deliver(Terms memory t) private returns (bool) {
        vm.recordLogs();
        opml.deliver(t);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        return abi.decode(logs[logs.length - 1].data, (bool));
    }

    function test_J8_OnlyAFinalResultIsDelivered() public {
        Terms memory t = job;
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Answered));
        opml.deliver(t);
    }

    function test_J8_DeliveredOnce() public {
        Terms memory t = finalize();
        vm.assertTrue(deliver(t), "taken");
        vm.assertEq(customer.outputRoot(), keccak256("outputs"), "the result");
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Final));
        opml.deliver(t);
        vm.assertEq(customer.calls(), 1, "called once");
    }

    function test_J8_ACallbackThatFailsBlocksNothing() public {
        Terms memory t = finalize();
        customer.behave(Behaviour.Reverts);
        vm.assertFalse(deliver(t), "reverts");
        customer.behave(Behaviour.BurnsAllGas);
        uint256 before = gasleft();
        vm.assertFalse(deliver(t), "burns its gas");
        vm.assertLe(before - gasleft(), callbackGas + 200_000, "and no more than its gas");
        vm.assertEq(opml.balances(server), 1 ether, "the server is paid");
        customer.behave(Behaviour.Takes);
        vm.assertTrue(deliver(t), "asked again");
    }

    function test_J8_WhatACallbackReturnsIsNotCopied() public {
        Terms memory t = finalize();
        customer.behave(Behaviour.ReturnsMegabytes);
        uint256 before = gasleft();
        vm.assertTrue(deliver(t), "taken");
        // A copy of 1 MiB costs 2.2 million for memory on the caller's side.
        vm.assertLe(before - gasleft(), 2_600_000, "its own memory only");
    }

    function test_J8_ACallbackCannotReenterTheDelivery() public {
        Terms memory t = finalize();
        customer.behave(Behaviour.Reenters);
        vm.assertFalse(deliver(t), "the inner delivery reverts");
        vm.assertEq(customer.calls(), 0, "and the outer call with it");
    }

    /// Somebody delivers with so little gas that the requester would run out of it.
    function test_J8_TheCallbackGetsItsGasOrIsNotMade() public {
        Terms memory t = finalize();
        bytes memory call_ = abi.encodeCall(opml.deliver, (t));
        for (uint256 gas = 50_000; gas < callbackGas + 150_000; gas += 31_337) {
            (bool accepted,) = address(opml).call{gas: gas}(call_);
            vm.assertTrue(!accepted || customer.calls() == 1, "refused, or delivered in full");
            if (accepted) return;
        }
        (bool delivered,) = address(opml).call{gas: callbackGas + 200_000}(call_);
        vm.assertTrue(delivered && customer.calls() == 1, "with enough gas");
    }

    function test_J8_NoCallbackNoDelivery() public {
        answer(truth());
        Terms memory t = terms();
        vm.warp(block.timestamp + 4 days);
        opml.finalize(t);
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Final));
        opml.deliver(t);
    }
}
