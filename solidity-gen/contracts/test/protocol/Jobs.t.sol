// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {Opening} from "../../src/Context.sol";
import {Games} from "../../src/Games.sol";
import {Jobs, Status} from "../../src/Jobs.sol";
import {Ledger} from "../../src/Ledger.sol";
import {ModelHeader, Models} from "../../src/Models.sol";
import {Ports} from "../../src/Port.sol";
import {Position} from "../../src/Games.sol";
import {Tensor} from "../../src/Tensor.sol";
import {Terms} from "../../src/Terms.sol";
import {vm, Vm} from "../Vm.sol";
import {Arena} from "./Arena.sol";
import {Belief, Lie} from "./Belief.sol";
import {Proof} from "./Proof.sol";
import {Oddity, Shape, TestModel, TestModels} from "./TestModel.sol";

/// Models and jobs from the registration to the payment: checks M, J and C of docs/protocol.md.
contract JobsTest is Arena {
    function setUp() public {
        open(Shape(3, 4, 1, Oddity.None, 0, ""));
    }

    // ---- Models ----

    function test_M1_TheRootIsTheImages() public view {
        (ModelHeader memory header,,) = opml.modelOf(model().root);
        vm.assertEq(header.nodesRoot, model().header.nodesRoot, "registered under the root of docs/image-format.md");
    }

    function test_M2_AModelIsRegisteredOnce() public {
        TestModel memory m = model();
        vm.expectRevert(Models.KnownModel.selector);
        opml.register(m.header, m.inputs, m.outputs);
    }

    function test_M3_WhatCannotBePlayedIsNotRegistered() public {
        TestModel memory m = model();
        m.header.contextDepth = 0;
        refuseModel(m, Models.UnplayableModel.selector);
        m.header.contextDepth = 19;
        refuseModel(m, Models.UnplayableModel.selector);
        m.header.contextDepth = 18;
        m.header.codeDepth = 28;
        refuseModel(m, Models.UnplayableModel.selector);
        m.header.codeDepth = 27;
        m.header.nodeBits = 5;
        refuseModel(m, Models.UnplayableModel.selector);
        m.header.nodeBits = 24;
        refuseModel(m, Models.UnplayableModel.selector);
        m.header.nodeBits = 20;
        m.header.maxSlots = 273;
        refuseModel(m, Models.UnplayableModel.selector);
        m.header.maxSlots = 272;
        bytes[] memory outputs = m.outputs;
        m.outputs = new bytes[](0);
        refuseModel(m, Models.UnplayableModel.selector);
        m.outputs = new bytes[](65);
        refuseModel(m, Models.UnplayableModel.selector);
        m.outputs = outputs;
        opml.register(m.header, m.inputs, m.outputs);
    }

    function test_M4_MalformedPortsAreNotRegistered() public {
        refusePort(hex"0000000105");
        refusePort(abi.encodePacked(uint32(1), uint8(13), uint8(0))); // no such type
        refusePort(abi.encodePacked(uint32(1), uint8(5), uint8(2), uint64(1))); // a dimension is missing
        refusePort(TestModels.port(1, 5, (1 << 30) + 1, "x")); // more than 2^32 bytes
        refusePort(abi.encodePacked(uint32(1), uint8(5), uint8(3), uint64(1 << 63), uint64(1 << 63), uint64(16)));
        refusePort(abi.encodePacked(uint32(1), uint8(5), uint8(2), uint64(0), uint64(1 << 32)));
        refusePort(TestModels.port(8, 5, 1, "x")); // the context has 8 leaves
    }

    function refusePort(bytes memory port) private {
        TestModel memory m = model();
        m.inputs[0] = port;
        refuseModel(m, Ports.MalformedPort.selector);
    }

    function refuseModel(TestModel memory m, bytes4 why) private {
        vm.expectRevert(why);
        opml.register(m.header, m.inputs, m.outputs);
    }

    // ---- Requests ----

    function test_J1_TheContractFillsInWhatItKnows() public view {
        Terms memory t = terms();
        vm.assertEq(uint256(uint160(t.requester)), uint256(uint160(requester)), "the sender");
        vm.assertEq(uint256(t.fee), 1 ether, "the value sent");
        bytes32 root = Proof.parent(input[0], input[1]);
        bytes32 inputRoot = keccak256(abi.encodePacked(bytes32("opml.input.v1"), uint16(1), root));
        vm.assertEq(t.inputRoot, inputRoot, "of the bytes sent");
        vm.assertEq(t.start, truth().contexts[0], "weights and inputs");
        vm.assertEq(jobId, keccak256(abi.encode(t)), "the id is the hash of the terms");
    }

    function refuseRequest(Terms memory t, bytes[] memory tensors, bytes32[] memory siblings, bytes4 why) private {
        vm.expectRevert(why);
        opml.request(t, tensors, siblings);
    }

    function test_J2_TermsThatFavourALiarAreRefused() public {
        bytes[] memory tensors = inputTensors();
        bytes32[] memory siblings = inputSiblings(model());
        Terms memory t = goodTerms(model().root);
        t.clock = 0;
        refuseRequest(t, tensors, siblings, Jobs.BadTerms.selector);
        t.clock = 366 days;
        t.window = 3 * 366 days;
        refuseRequest(t, tensors, siblings, Jobs.BadTerms.selector);
        t.clock = 1 days;
        t.window = 3 days - 1;
        refuseRequest(t, tensors, siblings, Jobs.BadTerms.selector);
        t.window = 3 days;
        t.feeCap = 0;
        refuseRequest(t, tensors, siblings, Jobs.BadTerms.selector);
        t.feeCap = 1 gwei;
        t.callbackGas = (1 << 23) + 1;
        refuseRequest(t, tensors, siblings, Jobs.BadTerms.selector);
        t.callbackGas = 0;
        t.modelRoot = keccak256("another model");
        refuseRequest(t, tensors, siblings, Models.UnknownModel.selector);
    }

    function test_J2_TheBondPaysForAGameAtTheFeeCap() public {
        bytes[] memory tensors = inputTensors();
        bytes32[] memory siblings = inputSiblings(model());
        Terms memory t = goodTerms(model().root);
        t.bond = 0;
        vm.recordLogs();
        try opml.request(t, tensors, siblings) {
            vm.assertTrue(false, "without a bond");
        } catch (bytes memory reason) {
            uint256 least = abi.decode(tail(reason), (uint256));
            vm.assertTrue(least > 2 * 1_000_000 * uint256(t.feeCap), "a game may cost more than a million");
            t.bond = uint96(least - 1);
            vm.expectRevert(reason);
            opml.request(t, tensors, siblings);
            t.bond = uint96(least);
            opml.request(t, tensors, siblings);
        }
    }

    function tail(bytes memory reason) private pure returns (bytes memory rest) {
        rest = new bytes(reason.length - 4);
        for (uint256 i = 0; i < rest.length; ++i) {
            rest[i] = reason[i + 4];
        }
    }

    function test_J3_TensorsFitTheirPorts() public {
        bytes32[] memory siblings = inputSiblings(model());
        Terms memory t = goodTerms(model().root);
        bytes[] memory tensors = new bytes[](1);
        uint256[4] memory sizes = [uint256(0), 63, 65, 128];
        for (uint256 i = 0; i < sizes.length; ++i) {
            tensors[0] = new bytes(sizes[i]);
            refuseRequest(t, tensors, siblings, Jobs.WrongTensors.selector);
        }
        refuseRequest(t, new bytes[](0), siblings, Jobs.WrongTensors.selector);
        refuseRequest(t, new bytes[](2), siblings, Jobs.WrongTensors.selector);
    }

    function test_J3_TheContextIsTheModels() public {
        Terms memory t = goodTerms(model().root);
        bytes32[] memory siblings = inputSiblings(model());
        siblings[1] ^= bytes32(uint256(1));
        refuseRequest(t, inputTensors(), siblings, Jobs.WrongContextProof.selector);
    }

    /// 3 bool elements: the padding is zero by construction, the elements are looked at.
    function test_J3_BoolsAreZeroOrOne() public {
        TestModel memory m = model();
        m.inputs[0] = TestModels.port(1, 0, 3, "mask");
        opml.register(m.header, m.inputs, m.outputs);
        Terms memory t = goodTerms(TestModels.rootOf(m));
        bytes[] memory tensors = new bytes[](1);
        tensors[0] = hex"010002";
        bytes32[] memory siblings = inputSiblings(m);
        refuseRequest(t, tensors, siblings, Tensor.NotBool.selector);
        tensors[0] = hex"010080";
        refuseRequest(t, tensors, siblings, Tensor.NotBool.selector);
        tensors[0] = hex"010001";
        vm.recordLogs();
        opml.request(t, tensors, siblings);
        (Terms memory made,) = abi.decode(vm.getRecordedLogs()[0].data, (Terms, string));
        bytes32 root = bytes32(hex"010001");
        bytes32 inputRoot = keccak256(abi.encodePacked(bytes32("opml.input.v1"), uint16(1), root));
        vm.assertEq(made.inputRoot, inputRoot, "padded with zeros");
    }

    function test_TheSameJobIsRequestedOnce() public {
        Terms memory t = goodTerms(model().root);
        bytes[] memory tensors = inputTensors();
        bytes32[] memory siblings = inputSiblings(model());
        vm.expectRevert(Jobs.KnownJob.selector);
        vm.prank(requester);
        opml.request{value: 1 ether}(t, tensors, siblings);
        t.nonce = 1;
        vm.prank(requester);
        opml.request{value: 1 ether}(t, tensors, siblings);
    }

    // ---- Answers ----

    function test_J4_AnswersComeInTimeAndWithTheBond() public {
        Terms memory t = terms();
        vm.expectRevert(abi.encodeWithSelector(Ledger.WrongPayment.selector, 1 ether));
        answerWith(t, 1 ether - 1, "");
        vm.expectRevert(abi.encodeWithSelector(Ledger.WrongPayment.selector, 1 ether));
        answerWith(t, 1 ether + 1, "");
        uint256 last = block.timestamp + 1 days;
        vm.warp(last + 1);
        vm.expectRevert(Jobs.WrongTime.selector);
        answerWith(t, 1 ether, "");
        vm.warp(last);
        answerWith(t, 1 ether, "");
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Answered));
        answerWith(t, 1 ether, "");
    }

    function answerWith(Terms memory t, uint256 bond, bytes32 salt) private {
        vm.prank(server);
        opml.answer{value: bond}(t, keccak256("outputs"), salt, new bytes[](0));
    }

    function test_J5_OnlyTheNamedServerAnswers() public {
        Terms memory t = terms();
        vm.expectRevert(Jobs.NotYourJob.selector);
        vm.prank(stranger);
        opml.answer{value: 1 ether}(t, keccak256("outputs"), 0, new bytes[](0));
        t.server = stranger;
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.None));
        vm.prank(stranger);
        opml.answer{value: 1 ether}(t, keccak256("outputs"), 0, new bytes[](0));
    }

    function openJob() private returns (Terms memory t) {
        t = goodTerms(model().root);
        t.server = address(0);
        bytes[] memory tensors = inputTensors();
        bytes32[] memory siblings = inputSiblings(model());
        vm.recordLogs();
        vm.prank(requester);
        jobId = opml.request{value: 1 ether}(t, tensors, siblings);
        (t,) = abi.decode(vm.getRecordedLogs()[0].data, (Terms, string));
    }

    function commitment(address who, bytes32 salt) private view returns (bytes32) {
        return keccak256(abi.encode(jobId, who, keccak256("outputs"), salt));
    }

    function test_J5_WhoeverCommittedMayRevealAMinuteLater() public {
        Terms memory t = openJob();
        vm.expectRevert(Jobs.NotYourJob.selector);
        answerWith(t, 1 ether, "salt");
        bytes32 hash = commitment(server, "salt");
        vm.prank(server);
        opml.commit(jobId, hash);
        vm.warp(block.timestamp + 59);
        vm.expectRevert(Jobs.WrongTime.selector);
        answerWith(t, 1 ether, "salt");
        vm.warp(block.timestamp + 1);
        vm.expectRevert(Jobs.NotYourJob.selector);
        answerWith(t, 1 ether, "pepper");
        answerWith(t, 1 ether, "salt");
    }

    /// Whoever sees a reveal, or a commitment, and wants it for itself.
    function test_J5_CopiedAnswersAreTooLate() public {
        Terms memory t = openJob();
        bytes32 hash = commitment(server, "salt");
        vm.prank(server);
        opml.commit(jobId, hash);
        vm.prank(stranger);
        opml.commit(jobId, hash); // the copy of a commitment
        vm.warp(block.timestamp + 60);
        vm.expectRevert(Jobs.NotYourJob.selector);
        vm.prank(stranger);
        opml.answer{value: 1 ether}(t, keccak256("outputs"), "salt", new bytes[](0));
        hash = commitment(stranger, "salt"); // made from the reveal
        vm.prank(stranger);
        opml.commit(jobId, hash);
        vm.expectRevert(Jobs.WrongTime.selector);
        vm.prank(stranger);
        opml.answer{value: 1 ether}(t, keccak256("outputs"), "salt", new bytes[](0));
        answerWith(t, 1 ether, "salt");
    }

    function test_J6_OutputsSentWithTheAnswerAreTheAnswers() public {
        Terms memory t = terms();
        bytes[] memory outputs = new bytes[](1);
        outputs[0] = abi.encodePacked(uint32(0x0b000000), new bytes(60));
        bytes32 root = Proof.parent(bytes32(uint256(0x0b) << 248), 0);
        bytes32 outputRoot = keccak256(abi.encodePacked(bytes32("opml.output.v1"), uint16(1), root));
        vm.expectRevert(Jobs.WrongTensors.selector);
        vm.prank(server);
        opml.answer{value: 1 ether}(t, outputRoot ^ bytes32(uint256(1)), 0, outputs);
        vm.prank(server);
        opml.answer{value: 1 ether}(t, outputRoot, 0, outputs);
        vm.assertTrue(jobState().outputPublished, "nobody has to demand them");
    }

    // ---- Challenges ----

    function test_C1_ChallengesNameALivingResult() public {
        Opening memory outputs = outputsOf(truth());
        bytes32 claim = truth().contexts[16];
        Terms memory t = terms();
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Open));
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 0, 0, claim, outputs);
        answer(lie(Lie.Value, 1));
        vm.expectRevert(Games.WrongGame.selector);
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 1, 0, claim, outputs);
    }

    function test_C2_ChallengesComeBeforeTheWindowCloses() public {
        answer(lie(Lie.Value, 1));
        Opening memory outputs = outputsOf(truth());
        bytes32 claim = truth().contexts[16];
        Terms memory t = terms();
        vm.warp(block.timestamp + 4 days);
        vm.expectRevert(Jobs.WrongTime.selector);
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 0, 0, claim, outputs);
        vm.warp(block.timestamp - 1);
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 0, 0, claim, outputs);
    }

    function test_C2_AFinalResultIsNotChallenged() public {
        answer(lie(Lie.Value, 1));
        Opening memory outputs = outputsOf(truth());
        bytes32 claim = truth().contexts[16];
        Terms memory t = terms();
        vm.warp(block.timestamp + 4 days);
        opml.finalize(t);
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Final));
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 0, 0, claim, outputs);
    }

    function test_C3_TheBondIsExact() public {
        answer(lie(Lie.Value, 1));
        Opening memory outputs = outputsOf(truth());
        bytes32 claim = truth().contexts[16];
        Terms memory t = terms();
        uint256[3] memory wrong = [uint256(0), 1 ether - 1, 1 ether + 1];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Ledger.WrongPayment.selector, 1 ether));
            vm.prank(challenger);
            opml.challenge{value: wrong[i]}(t, 0, 0, claim, outputs);
        }
    }

    function test_C4_TheOutputsHaveToDiffer() public {
        answer(truth());
        Opening memory outputs = outputsOf(truth());
        refuseChallenge(truth().contexts[16], outputs, Games.SameOutputs.selector);
    }

    function test_C4_TheOutputsLieInTheClaim() public {
        answer(lie(Lie.Value, 1));
        Opening memory outputs = outputsOf(truth());
        refuseChallenge(keccak256("another context"), outputs, Games.WrongOpening.selector);
        outputs.values[20] ^= 0x01;
        refuseChallenge(truth().contexts[16], outputs, Games.WrongOpening.selector);
        Opening memory nothing;
        refuseChallenge(truth().contexts[16], nothing, bytes4(keccak256("WrongProofLength()")));
        nothing.siblings = new bytes32[](1);
        nothing.siblings[0] = truth().contexts[16];
        vm.expectRevert(abi.encodeWithSignature("NotOpened(uint256)", 4));
        sendChallenge(truth().contexts[16], nothing);
    }

    function test_C4_FailedHasNoOutputs() public {
        answer(truth());
        Opening memory outputs = outputsOf(truth());
        bytes32 failed = keccak256(abi.encodePacked(bytes32("opml.failed.v1")));
        refuseChallenge(failed, outputs, Games.WrongOpening.selector);
        Opening memory nothing;
        nothing.siblings = new bytes32[](1);
        refuseChallenge(failed, nothing, Games.WrongOpening.selector);
        nothing.siblings = new bytes32[](0);
        sendChallenge(failed, nothing);
    }

    function test_C4_FailedAgainstFailedIsNoChallenge() public {
        Terms memory t = terms();
        bytes32 failed = keccak256(abi.encodePacked(bytes32("opml.failed.v1")));
        vm.prank(server);
        opml.answer{value: 1 ether}(t, failed, 0, new bytes[](0));
        Opening memory nothing;
        refuseChallenge(failed, nothing, Games.SameOutputs.selector);
    }

    function test_C5_OneGameOfANonceAtATime() public {
        answer(lie(Lie.Value, 1));
        challenge(truth());
        refuseChallenge(truth().contexts[16], outputsOf(truth()), Games.WrongGame.selector);
    }

    /// A copied challenge opens another game, and keeps nobody from opening this one.
    function test_C5_AFrontRunnerOpensAGameOfItsOwn() public {
        answer(lie(Lie.Value, 1));
        challengeAs(stranger, truth());
        challenge(truth());
        vm.assertEq(uint256(jobState().games), 2, "both are on");
    }

    function refuseChallenge(bytes32 claim, Opening memory outputs, bytes4 why) private {
        Terms memory t = terms();
        vm.expectRevert(why);
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 0, 0, claim, outputs);
    }

    function sendChallenge(bytes32 claim, Opening memory outputs) private {
        Terms memory t = terms();
        vm.prank(challenger);
        opml.challenge{value: 1 ether}(t, 0, 0, claim, outputs);
    }

    // ---- The end ----

    function test_J7_FinalOnlyAfterTheWindow() public {
        answer(truth());
        Terms memory t = terms();
        vm.warp(block.timestamp + 4 days - 1);
        vm.expectRevert(Jobs.WrongTime.selector);
        opml.finalize(t);
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Answered));
        opml.resultOf(jobId);
        vm.warp(block.timestamp + 1);
        opml.finalize(t);
        vm.assertEq(opml.resultOf(jobId), outputRootOf(truth()), "what the server committed to");
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Final));
        opml.finalize(t);
    }

    function test_J7_NotWhileAGameIsOn() public {
        answer(truth());
        vm.warp(block.timestamp + 4 days - 1);
        Position memory p = challenge(lie(Lie.Value, 1));
        Terms memory t = terms();
        vm.warp(block.timestamp + 1);
        vm.expectRevert(Jobs.Disputed.selector);
        opml.finalize(t);
        bytes32[16] memory section;
        vm.prank(server);
        vm.recordLogs();
        opml.divide(p, 0, section);
        p = lastPosition();
        vm.warp(block.timestamp + clock + 1);
        opml.callTime(p);
        opml.finalize(t);
        vm.assertEq(wealth(server), purse + 1.5 ether, "fee and half of the challenger's bond");
    }

    function test_J9_TheFeeComesBackIfNobodyAnswers() public {
        Terms memory t = terms();
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(Jobs.WrongTime.selector);
        opml.refund(t);
        vm.warp(block.timestamp + 1);
        opml.refund(t);
        vm.assertEq(wealth(requester), purse, "nothing is lost");
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Closed));
        opml.refund(t);
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Closed));
        answerWith(t, 1 ether, "");
    }

    function test_J9_NoRefundOfAnAnsweredJob() public {
        Terms memory t = terms();
        answer(truth());
        vm.warp(block.timestamp + 2 days);
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Answered));
        opml.refund(t);
    }

    function test_ADeadResultsJobTakesAnswersAndRefundsAgain() public {
        answer(lie(Lie.Value, 1));
        vm.warp(block.timestamp + 3 days);
        Position memory p = challenge(truth());
        vm.warp(block.timestamp + clock + 1);
        opml.callTime(p);
        assertStatus(Status.Open, "open again");
        vm.assertEq(uint256(jobState().attempt), 1, "the second result");
        uint256 before = vm.snapshotState();
        answer(truth());
        vm.revertToState(before);
        Terms memory t = terms();
        vm.warp(block.timestamp + 1 days + 1);
        opml.refund(t);
        vm.assertEq(wealth(requester), purse, "nothing is lost");
    }

    // ---- Payments ----

    function test_NothingIsWithdrawnTwice() public {
        test_J9_TheFeeComesBackIfNobodyAnswers();
        vm.prank(requester);
        opml.withdraw(payable(stranger));
        vm.assertEq(stranger.balance, purse + 1 ether, "to whom it was sent");
        vm.prank(requester);
        opml.withdraw(payable(stranger));
        vm.assertEq(stranger.balance, purse + 1 ether, "once");
        vm.assertEq(address(opml).balance, 0, "all is paid");
    }

    function test_ARefusedPaymentStaysDue() public {
        test_J9_TheFeeComesBackIfNobodyAnswers();
        vm.expectRevert(Ledger.PaymentRefused.selector);
        vm.prank(requester);
        opml.withdraw(payable(mipsStep));
        vm.assertEq(opml.balances(requester), 1 ether, "still there");
    }

    function test_ReenteringAWithdrawalPaysNothingMore() public {
        Thief thief = new Thief(address(opml));
        vm.deal(address(thief), 1 ether);
        Terms memory t = goodTerms(model().root);
        thief.request(t, inputTensors(), inputSiblings(model()));
        vm.warp(block.timestamp + 1 days + 1);
        thief.refundAndSteal();
        vm.assertEq(address(thief).balance, 1 ether, "its own and no more");
        vm.assertEq(address(opml).balance, 1 ether, "the other job's fee");
    }
}

/// Withdraws again while it is being paid.
contract Thief {
    Jobs private immutable opml;
    Terms private terms;

    constructor(address opml_) {
        opml = Jobs(opml_);
    }

    function request(Terms memory t, bytes[] memory tensors, bytes32[] memory siblings) external {
        vm.recordLogs();
        opml.request{value: 1 ether}(t, tensors, siblings);
        (terms,) = abi.decode(vm.getRecordedLogs()[0].data, (Terms, string));
    }

    function refundAndSteal() external {
        opml.refund(terms);
        opml.withdraw(payable(address(this)));
    }

    receive() external payable {
        if (address(opml).balance != 0 && gasleft() > 100_000) opml.withdraw(payable(address(0xdead)));
    }
}
