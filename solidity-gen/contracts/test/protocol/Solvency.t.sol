// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
pragma solidity ^0.8.0;

import {GasBounds} from "../../src/GasBounds.sol";
import {Job, Status} from "../../src/Jobs.sol";
import {Opening} from "../../src/Context.sol";
import {Opml} from "../../src/Opml.sol";
import {PackedGame} from "../../src/GameState.sol";
import {Port} from "../../src/Port.sol";
import {Position} from "../../src/Games.sol";
import {Terms} from "../../src/Terms.sol";
import {vm, Vm} from "../Vm.sol";
import {deployed} from "./Deployed.sol";
import {Proof} from "./Proof.sol";
import {Oddity, Shape, TestModel, TestModels} from "./TestModel.sol";

/// Everybody does anything at any time. What should be owed is counted from outside.
contract Crowd {
    Opml public immutable opml;
    uint256 public forced;
    uint256 public burned;
    /// How many calls were accepted, by what they do.
    mapping(bytes4 => uint256) public accepted;

    address[] private actors;
    Terms[] private jobs;
    bytes32[] private jobIds;
    Position[] private games;
    bytes32 private modelRoot;

    /// Odd, so that its half is rounded.
    uint96 private constant bond = 2 ether + 1;
    uint256 private constant maxJobs = 12;
    uint256 private constant maxGames = 40;

    constructor(Opml opml_) {
        opml = opml_;
        vm.warp(1_700_000_000);
        for (uint160 i = 1; i <= 5; ++i) {
            actors.push(address(0x2000 + i));
            vm.deal(actors[i - 1], 10_000 ether);
        }
        TestModel memory m = TestModels.build(Shape(3, 4, 1, Oddity.None, 0, ""));
        opml.register(m.header, m.inputs, m.outputs);
        modelRoot = m.root;
    }

    // ---- What the crowd may do ----

    function request(uint256 who, uint96 fee, bool named, bool stored) external {
        if (jobs.length == maxJobs) return;
        Terms memory t;
        t.modelRoot = modelRoot;
        t.server = named ? actor(who >> 8) : address(0);
        (t.bond, t.feeCap, t.nonce) = (bond, 100 gwei, uint64(jobs.length));
        (t.answerPeriod, t.window, t.clock, t.publishPeriod) = (1 days, 3 days, 1 days, 1 days);
        bytes32[] memory values = new bytes32[](1);
        values[0] = TestModels.weight;
        bytes32[] memory siblings = Proof.siblings(Proof.levels(values, 3, 0), 1);
        bytes[] memory tensors = new bytes[](1);
        tensors[0] = new bytes(64);
        bytes32[] memory roots = new bytes32[](1);
        roots[0] = Proof.parent(0, 0);
        bytes memory call_ = stored
            ? abi.encodeCall(opml.requestStored, (t, roots, "", siblings))
            : abi.encodeCall(opml.request, (t, tensors, siblings));
        vm.recordLogs();
        if (!send(actor(who), fee % 1 ether, call_)) return;
        Vm.Log memory log = vm.getRecordedLogs()[0];
        (t,) = abi.decode(log.data, (Terms, string));
        jobs.push(t);
        jobIds.push(log.topics[1]);
    }

    function answer(uint256 who, uint256 job, bytes32 outputRoot) external {
        if (jobs.length == 0) return;
        Terms memory t = jobs[job % jobs.length];
        address server = t.server == address(0) ? actor(who) : t.server;
        if (t.server == address(0)) {
            bytes32 hash = keccak256(abi.encode(jobIds[job % jobs.length], server, outputRoot, bytes32(0)));
            send(server, 0, abi.encodeCall(opml.commit, (jobIds[job % jobs.length], hash)));
            vm.warp(block.timestamp + 60);
        }
        send(server, bond, abi.encodeCall(opml.answer, (t, outputRoot, 0, new bytes[](0))));
    }

    /// Any claim will do: that of a context with this output and nothing else.
    function challenge(uint256 who, uint256 job, uint32 nonce, bytes32 output) external {
        if (jobs.length == 0 || games.length == maxGames) return;
        bytes32[] memory values = new bytes32[](5);
        values[4] = output;
        bytes32[][] memory levels = Proof.levels(values, 3, 0);
        Opening memory opening = Opening(abi.encodePacked(uint32(4), output), Proof.siblings(levels, 4));
        bytes32 jobId = jobIds[job % jobs.length];
        uint32 attempt = opml.jobOf(jobId).attempt;
        Terms memory t = jobs[job % jobs.length];
        bytes memory call_ = abi.encodeCall(opml.challenge, (t, attempt, nonce % 4, levels[3][0], opening));
        vm.recordLogs();
        if (send(actor(who), bond, call_)) games.push(position(jobId));
    }

    function divide(uint256 game, uint256 pick, bytes32[16] calldata section) external {
        if (games.length == 0) return;
        game %= games.length;
        Position memory p = games[game];
        address mover = address(uint160(p.game.progress >> 241 & 1 != 0 ? p.game.progress : p.game.identity));
        vm.recordLogs();
        if (send(mover, 0, abi.encodeCall(opml.divide, (p, pick % 16, section)))) games[game] = position(p.jobId);
    }

    function callTime(uint256 who, uint256 game) external {
        end(game, who, abi.encodeCall(opml.callTime, (pickGame(game))), true);
    }

    function reclaim(uint256 who, uint256 game) external {
        end(game, who, abi.encodeCall(opml.reclaim, (pickGame(game))), false);
    }

    function finalize(uint256 who, uint256 job) external {
        if (jobs.length == 0) return;
        send(actor(who), 0, abi.encodeCall(opml.finalize, (jobs[job % jobs.length])));
    }

    function refund(uint256 who, uint256 job) external {
        if (jobs.length == 0) return;
        send(actor(who), 0, abi.encodeCall(opml.refund, (jobs[job % jobs.length])));
    }

    function demand(uint256 who, uint256 job, bool isInput) external {
        if (jobs.length == 0) return;
        uint256 price = publicationPrice(isInput);
        send(actor(who), price, abi.encodeCall(opml.demand, (jobs[job % jobs.length], isInput)));
    }

    function publishInput(uint256 who, uint256 job) external {
        if (jobs.length == 0) return;
        bytes32[] memory roots = new bytes32[](1);
        roots[0] = Proof.parent(0, 0);
        Opml.Piece memory piece;
        piece.data = new bytes(64);
        send(actor(who), 0, abi.encodeCall(opml.publish, (jobs[job % jobs.length], true, roots, piece)));
    }

    function expire(uint256 who, uint256 job, bool isInput) external {
        if (jobs.length == 0) return;
        if (send(actor(who), 0, abi.encodeCall(opml.expire, (jobs[job % jobs.length], isInput)))) {
            burned += bond - bond / 2;
        }
    }

    function releaseDemand(uint256 who, uint256 job, bool isInput) external {
        if (jobs.length == 0) return;
        send(actor(who), 0, abi.encodeCall(opml.releaseDemand, (jobIds[job % jobs.length], isInput)));
    }

    function withdraw(uint256 who, uint256 to) external {
        send(actor(who), 0, abi.encodeCall(opml.withdraw, (payable(actor(to)))));
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + time % 4 days);
    }

    function force(uint256 amount) external {
        amount %= 1 ether;
        vm.deal(address(opml), address(opml).balance + amount);
        forced += amount;
    }

    // ---- What is owed ----

    function owed() external view returns (uint256 sum) {
        for (uint256 i = 0; i < actors.length; ++i) {
            sum += opml.balances(actors[i]);
        }
        for (uint256 i = 0; i < jobs.length; ++i) {
            Job memory job = opml.jobOf(jobIds[i]);
            if (job.status == Status.Open || job.status == Status.Answered) sum += jobs[i].fee;
            if (job.status == Status.Answered) sum += bond;
            sum += depositOf(jobIds[i], true) + depositOf(jobIds[i], false);
        }
        sum += games.length * bond;
    }

    function depositOf(bytes32 jobId, bool isInput) private view returns (uint256 deposit) {
        (,,, deposit) = opml.demands(jobId, isInput);
    }

    /// Of the games that are on, how many each job's living result should have.
    function gamesOf(uint256 job) external view returns (uint256 count) {
        uint256 attempt = opml.jobOf(jobIds[job]).attempt;
        for (uint256 i = 0; i < games.length; ++i) {
            bool same = games[i].jobId == jobIds[job] && uint32(games[i].game.identity >> 192) == attempt;
            if (same) ++count;
        }
    }

    function jobCount() external view returns (uint256) {
        return jobs.length;
    }

    function jobAt(uint256 i) external view returns (Job memory) {
        return opml.jobOf(jobIds[i]);
    }

    // ---- Helpers ----

    function actor(uint256 who) private view returns (address) {
        return actors[who % actors.length];
    }

    function pickGame(uint256 game) private view returns (Position memory p) {
        if (games.length != 0) p = games[game % games.length];
    }

    function end(uint256 game, uint256 who, bytes memory call_, bool loses) private {
        if (games.length == 0 || !send(actor(who), 0, call_)) return;
        games[game % games.length] = games[games.length - 1];
        games.pop();
        if (loses) burned += bond - bond / 2;
    }

    function position(bytes32 jobId) private returns (Position memory p) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        p.jobId = jobId;
        (p.game, p.accumulator) = abi.decode(logs[logs.length - 1].data, (PackedGame, bytes32));
    }

    function publicationPrice(bool isInput) private view returns (uint256) {
        (, Port[] memory inputs, Port[] memory outputs) = opml.modelOf(modelRoot);
        return GasBounds.publication(isInput ? inputs : outputs) * 100 gwei;
    }

    function send(address who, uint256 value, bytes memory call_) private returns (bool success) {
        vm.prank(who);
        (success,) = address(opml).call{value: value}(call_);
        if (success) ++accepted[bytes4(call_)];
    }
}

contract SolvencyTest {
    Crowd private crowd;

    function setUp() public {
        crowd = new Crowd(deployed().opml());
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(crowd);
    }

    function invariant_TheContractHoldsWhatItOwesAndNoMore() external view {
        check();
    }

    function check() private view {
        uint256 expected = crowd.owed() + crowd.burned() + crowd.forced();
        vm.assertEq(address(crowd.opml()).balance, expected, "owed, burned and forced");
        for (uint256 i = 0; i < crowd.jobCount(); ++i) {
            Job memory job = crowd.jobAt(i);
            vm.assertEq(uint256(job.games), crowd.gamesOf(i), "games about the living result");
            vm.assertTrue(job.status == Status.Answered || job.games == 0, "no games without a result");
            vm.assertTrue(job.status == Status.Answered || job.demands == 0, "no demands without a result");
        }
    }

    /// The crowd is not turned away at every door: in one long run every kind of call is accepted.
    function test_TheCrowdGetsEverywhere() external {
        Opml opml = crowd.opml();
        for (uint256 i = 0; i < 3000; ++i) {
            act(uint256(keccak256(abi.encode("crowd", i))));
            if (i % 100 == 0) check();
        }
        bytes4[13] memory calls = [
            opml.requestStored.selector,
            opml.request.selector,
            opml.answer.selector,
            opml.challenge.selector,
            opml.divide.selector,
            opml.callTime.selector,
            opml.reclaim.selector,
            opml.finalize.selector,
            opml.refund.selector,
            opml.demand.selector,
            opml.publish.selector,
            opml.expire.selector,
            opml.releaseDemand.selector
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.assertTrue(crowd.accepted(calls[i]) != 0, vm.toString(i));
        }
    }

    function act(uint256 r) private {
        uint256 what = r % 24;
        (uint256 a, uint256 b, bool flag) = (r >> 8 & 0xffff, r >> 24 & 0xffff, r >> 40 & 1 == 1);
        bytes32[16] memory section;
        if (what < 3) crowd.request(a, uint96(b << 40), flag, b & 1 == 1);
        else if (what < 6) crowd.answer(a, b, bytes32(r));
        else if (what < 10) crowd.challenge(a, b, uint32(r >> 64), bytes32(r));
        else if (what < 13) crowd.divide(a, b, section);
        else if (what == 13) crowd.callTime(a, b);
        else if (what < 16) crowd.reclaim(a, b);
        else if (what == 16) crowd.finalize(a, b);
        else if (what == 17) crowd.refund(a, b);
        else if (what == 18) crowd.demand(a, b, flag);
        else if (what == 19) publish(a, b);
        else if (what == 20) crowd.expire(a, b, flag);
        else if (what == 21) crowd.releaseDemand(a, b, flag);
        else if (what == 22) crowd.withdraw(a, b);
        else if (flag) crowd.wait(r >> 48 & 0x3ffff);
        else crowd.force(b);
    }

    /// What is demanded by now, if nobody has done that.
    function publish(uint256 who, uint256 job) private {
        crowd.demand(who, job, true);
        crowd.publishInput(who, job);
    }
}
