// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {GasBounds} from "../../src/GasBounds.sol";
import {Job, Jobs, Status} from "../../src/Jobs.sol";
import {Ledger} from "../../src/Ledger.sol";
import {ModelHeader} from "../../src/Models.sol";
import {Opml} from "../../src/Opml.sol";
import {Port} from "../../src/Port.sol";
import {Publication} from "../../src/Publication.sol";
import {Tensor} from "../../src/Tensor.sol";
import {Terms} from "../../src/Terms.sol";
import {Tree} from "../../src/Tree.sol";
import {vm, Vm} from "../Vm.sol";
import {deployed} from "./Deployed.sol";
import {Proof} from "./Proof.sol";
import {TestModels} from "./TestModel.sol";

/// Data that lie off the chain: checks P1 to P5 of docs/protocol.md. A model with two inputs, 70,000 bytes in three pieces
/// and three bools, and an output of 33,000 bytes in two.
contract PublicationTest {
    address private constant server = address(0x1002);
    address private constant verifier = address(0x1003);
    address private constant stranger = address(0x1004);
    uint256 private constant purse = 1000 ether;

    Opml private opml;
    bytes32 private jobId;
    Terms private terms;
    bytes private image;
    bytes private mask = hex"010001";
    bytes private result;
    bytes32[] private inputRoots;
    bytes32[] private outputRoots;

    function setUp() public {
        opml = deployed().opml();
        vm.warp(1_700_000_000);
        vm.deal(address(this), purse);
        vm.deal(server, purse);
        vm.deal(verifier, purse);
        image = noise(70_000);
        result = noise(33_000);
        inputRoots.push(rootOf(image, 12));
        inputRoots.push(rootOf(mask, 0));
        outputRoots.push(rootOf(result, 11));
        open();
    }

    function noise(uint256 size) private pure returns (bytes memory data) {
        data = new bytes(size);
        for (uint256 i = 0; i < size; i += 32) {
            bytes32 word = keccak256(abi.encode(i));
            for (uint256 j = i; j < size && j < i + 32; ++j) {
                data[j] = word[j - i];
            }
        }
    }

    function leavesOf(bytes memory data) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[]((data.length + 31) / 32);
        for (uint256 i = 0; i < leaves.length; ++i) {
            bytes32 word;
            assembly {
                word := mload(add(add(data, 32), mul(i, 32)))
            }
            leaves[i] = word;
        }
        uint256 padding = 32 * leaves.length - data.length;
        leaves[leaves.length - 1] &= bytes32(type(uint256).max << (8 * padding));
    }

    function rootOf(bytes memory data, uint256 depth) private pure returns (bytes32) {
        return Proof.root(leavesOf(data), depth);
    }

    function open() private {
        ModelHeader memory header;
        bytes32[] memory context = new bytes32[](1);
        context[0] = keccak256("weight");
        header.initialContext = Proof.root(context, 2);
        header.contextDepth = 2;
        header.maxSlots = 4;
        bytes[] memory inputs = new bytes[](2);
        inputs[0] = TestModels.port(1, 2, 70_000, "image");
        inputs[1] = TestModels.port(2, 0, 3, "mask");
        bytes[] memory outputs = new bytes[](1);
        outputs[0] = TestModels.port(3, 2, 33_000, "result");
        vm.recordLogs();
        opml.register(header, inputs, outputs);
        Terms memory t;
        t.modelRoot = vm.getRecordedLogs()[0].topics[1];
        (t.server, t.bond, t.feeCap) = (server, 10 ether, 100 gwei);
        (t.answerPeriod, t.window, t.clock, t.publishPeriod) = (1 days, 3 days, 1 days, 1 days);
        jobId = request(t);
    }

    function request(Terms memory t) private returns (bytes32 id) {
        bytes32[] memory siblings = new bytes32[](2);
        siblings[0] = keccak256("weight");
        vm.recordLogs();
        id = opml.requestStored(t, inputRoots, "https://example.org/input", siblings);
        (terms,) = abi.decode(vm.getRecordedLogs()[0].data, (Terms, string));
    }

    function answer() private {
        bytes32 outputRoot = keccak256(abi.encodePacked(bytes32("opml.output.v1"), uint16(1), outputRoots[0]));
        Terms memory t = terms;
        vm.prank(server);
        opml.answer{value: 10 ether}(t, outputRoot, 0, new bytes[](0));
    }

    function job() private view returns (Job memory) {
        return opml.jobOf(jobId);
    }

    /// What a publication of the inputs, or the outputs, may cost.
    function price(bool isInput) private view returns (uint256) {
        (, Port[] memory inputs, Port[] memory outputs) = opml.modelOf(terms.modelRoot);
        return GasBounds.publication(isInput ? inputs : outputs) * 100 gwei;
    }

    function demand(bool isInput) private {
        Terms memory t = terms;
        uint256 deposit = price(isInput);
        vm.prank(verifier);
        opml.demand{value: deposit}(t, isInput);
    }

    function piece(bytes memory data, uint256 port, uint256 chunk, uint256 depth)
        private
        pure
        returns (Publication.Piece memory p)
    {
        uint256 first = chunk * 32768;
        uint256 size = data.length - first < 32768 ? data.length - first : 32768;
        p.port = port;
        p.chunk = chunk;
        p.data = new bytes(size);
        for (uint256 i = 0; i < size; ++i) {
            p.data[i] = data[first + i];
        }
        if (depth <= 10) return p;
        uint256[] memory opened = new uint256[](1);
        uint256[] memory height = new uint256[](1);
        (opened[0], height[0]) = (chunk << 10, 10);
        p.siblings = Proof.siblings(Proof.levels(leavesOf(data), depth, 0), opened, height);
    }

    function publish(bool isInput, Publication.Piece memory p) private {
        Terms memory t = terms;
        bytes32[] memory roots = isInput ? inputRoots : outputRoots;
        opml.publish(t, isInput, roots, p);
    }

    function refuse(bool isInput, Publication.Piece memory p, bytes4 why) private {
        Terms memory t = terms;
        bytes32[] memory roots = isInput ? inputRoots : outputRoots;
        vm.expectRevert(why);
        opml.publish(t, isInput, roots, p);
    }

    function publishInputs() private {
        for (uint256 i = 0; i < 3; ++i) {
            publish(true, piece(image, 0, i, 12));
        }
        publish(true, piece(mask, 1, 0, 0));
    }

    function test_P1_TheDemandPaysForThePublicationAtTheFeeCap() public {
        answer();
        demand(true);
        uint256 deposit = price(true);
        vm.assertTrue(deposit > 40 * 70_003 * 100 gwei, "at least what the calldata cost");
        publishInputs();
        vm.assertEq(opml.balances(server), deposit, "all of it for the server, whoever published");
        vm.assertTrue(job().inputPublished, "nothing is left to demand");
        Terms memory t = terms;
        vm.expectRevert(Publication.NothingToDemand.selector);
        vm.prank(verifier);
        opml.demand{value: deposit}(t, true);
    }

    function test_P1_NoOtherDeposit() public {
        answer();
        Terms memory t = terms;
        uint256 deposit = price(true);
        vm.expectRevert(abi.encodeWithSelector(Ledger.WrongPayment.selector, deposit));
        vm.prank(verifier);
        opml.demand{value: deposit - 1}(t, true);
    }

    function test_P1_DemandsAreForResultsThatMayBeChallenged() public {
        Terms memory t = terms;
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Open));
        opml.demand(t, true);
        answer();
        vm.warp(block.timestamp + 3 days);
        vm.expectRevert(Jobs.WrongTime.selector);
        opml.demand(t, true);
    }

    function test_P1_OneDemandAtATime() public {
        answer();
        demand(true);
        demand(false);
        Terms memory t = terms;
        uint256 deposit = price(true);
        vm.expectRevert(Publication.NothingToDemand.selector);
        vm.prank(stranger);
        opml.demand(t, true);
        vm.assertEq(address(opml).balance, 10 ether + deposit + price(false), "bond and deposits");
    }

    function test_P2_OnlyTheDemandedBytesArePublished() public {
        answer();
        demand(true);
        Publication.Piece memory p = piece(image, 0, 1, 12);
        p.data[100] ^= 0x01;
        refuse(true, p, Publication.WrongPiece.selector);
        p = piece(image, 0, 1, 12);
        p.chunk = 0;
        refuse(true, p, Publication.WrongPiece.selector);
        p = piece(image, 0, 2, 12);
        p.data = abi.encodePacked(p.data, uint8(0)); // into the padding
        refuse(true, p, Publication.WrongPiece.selector);
        p = piece(image, 0, 1, 12);
        p.port = 2;
        refuse(true, p, Publication.WrongPiece.selector);
        p.port = 1;
        refuse(true, p, Publication.WrongPiece.selector);
        p.port = 0;
        p.chunk = 3;
        refuse(true, p, Publication.WrongPiece.selector);
        p.chunk = type(uint256).max;
        refuse(true, p, Publication.WrongPiece.selector);
        p = piece(image, 0, 1, 12);
        p.siblings = new bytes32[](1);
        refuse(true, p, Tree.WrongProofLength.selector);
    }

    function test_P2_TheRootsAreTheJobs() public {
        answer();
        demand(true);
        Publication.Piece memory p = piece(image, 0, 0, 12);
        inputRoots[1] ^= bytes32(uint256(1));
        refuse(true, p, Publication.WrongPiece.selector);
        inputRoots.pop();
        refuse(true, p, Publication.WrongPiece.selector);
    }

    function test_P3_APieceIsPaidForOnce() public {
        answer();
        demand(true);
        publish(true, piece(image, 0, 1, 12));
        refuse(true, piece(image, 0, 1, 12), Publication.WrongPiece.selector);
    }

    function test_P3_NothingIsPublishedThatNobodyDemands() public {
        answer();
        refuse(true, piece(image, 0, 0, 12), Publication.NoDemand.selector);
        demand(true);
        refuse(false, piece(result, 0, 0, 11), Publication.NoDemand.selector);
    }

    function test_P4_TheTimeToChallengeBeginsWhenTheInputIsThere() public {
        answer();
        Terms memory t = terms;
        vm.warp(block.timestamp + 3 days - 1);
        demand(true);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(Jobs.Disputed.selector);
        opml.finalize(t);
        publishInputs();
        vm.warp(block.timestamp + 3 days - 1);
        vm.expectRevert(Jobs.WrongTime.selector);
        opml.finalize(t);
        vm.warp(block.timestamp + 1);
        opml.finalize(t);
    }

    function test_P4_OutputsGiveNoTimeAndBlockOnlyWhileTheyAreDemanded() public {
        answer();
        demand(false);
        publish(false, piece(result, 0, 1, 11));
        publish(false, piece(result, 0, 0, 11));
        Terms memory t = terms;
        vm.warp(block.timestamp + 3 days);
        opml.finalize(t);
    }

    function test_P5_AResultWhoseInputIsWithheldDies() public {
        answer();
        demand(true);
        publish(true, piece(image, 0, 1, 12));
        Terms memory t = terms;
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(Jobs.WrongTime.selector);
        opml.expire(t, true);
        vm.warp(block.timestamp + 1);
        refuse(true, piece(image, 0, 0, 12), Jobs.WrongTime.selector);
        vm.prank(stranger);
        opml.expire(t, true);
        vm.assertEq(uint256(job().status), uint256(Status.Open), "dead");
        uint256 paid = GasBounds.chunk(32768) * 100 gwei;
        vm.assertEq(opml.balances(server), paid, "for the one piece");
        vm.assertEq(opml.balances(verifier), price(true) - paid + 5 ether, "the deposit's rest and half of the bond");
        vm.expectRevert(abi.encodeWithSelector(Jobs.WrongStatus.selector, Status.Open));
        opml.expire(t, true);
    }

    /// What is on the chain stays there: the next result's demand costs only the rest.
    function test_P5_PublishedPiecesStayPublished() public {
        test_P5_AResultWhoseInputIsWithheldDies();
        answer();
        Terms memory t = terms;
        uint256 rest = price(true) - GasBounds.chunk(32768) * 100 gwei;
        vm.prank(verifier);
        opml.demand{value: rest}(t, true);
        publish(true, piece(image, 0, 0, 12));
        publish(true, piece(image, 0, 2, 12));
        publish(true, piece(mask, 1, 0, 0));
        vm.assertTrue(job().inputPublished, "complete");
    }

    function test_P5_ASecondResultWithPublishedOutputsNeedsNoPublication() public {
        answer();
        demand(false);
        demand(true);
        publish(false, piece(result, 0, 0, 11));
        publish(false, piece(result, 0, 1, 11));
        Terms memory t = terms;
        vm.warp(block.timestamp + 1 days + 1);
        opml.expire(t, true);
        answer();
        vm.assertFalse(job().outputPublished, "not known yet");
        opml.demand(t, false);
        vm.assertTrue(job().outputPublished, "free of charge");
    }

    function test_P5_TheDepositOfADemandComesBackIfTheResultDiesOtherwise() public {
        answer();
        demand(true);
        demand(false);
        vm.expectRevert(Publication.NoDemand.selector);
        opml.releaseDemand(jobId, false);
        Terms memory t = terms;
        vm.warp(block.timestamp + 1 days + 1);
        opml.expire(t, true);
        uint256 before = opml.balances(verifier);
        opml.releaseDemand(jobId, false);
        vm.assertEq(opml.balances(verifier) - before, price(false), "the other deposit");
        vm.expectRevert(Publication.NoDemand.selector);
        opml.releaseDemand(jobId, false);
        vm.assertEq(address(opml).balance, opml.balances(verifier) + 5 ether, "owed, and half a bond burned");
    }

    /// An input with something in its padding cannot be published, so an answer to it dies.
    function test_NonZeroPaddingCannotBePublished() public {
        bytes32[] memory leaves = leavesOf(image);
        leaves[leaves.length - 1] |= bytes32(uint256(1));
        inputRoots[0] = Proof.root(leaves, 12);
        jobId = request(terms);
        answer();
        demand(true);
        Publication.Piece memory p = piece(image, 0, 2, 12);
        uint256[] memory opened = new uint256[](1);
        uint256[] memory height = new uint256[](1);
        (opened[0], height[0]) = (2048, 10);
        p.siblings = Proof.siblings(Proof.levels(leaves, 12, 0), opened, height);
        refuse(true, p, Publication.WrongPiece.selector);
        p.data = abi.encodePacked(p.data, new bytes(32768 - p.data.length));
        refuse(true, p, Publication.WrongPiece.selector);
    }

    function test_BoolsThatAreNeitherZeroNorOneCannotBePublished() public {
        inputRoots[1] = rootOf(hex"010003", 0);
        jobId = request(terms);
        answer();
        demand(true);
        Publication.Piece memory p = piece(hex"010003", 1, 0, 0);
        refuse(true, p, Tensor.NotBool.selector);
    }
}
