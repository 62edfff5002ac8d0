import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Hex, isAddressEqual } from 'viem';
import { rpc } from '../src/anvil.js';
import { EventReader } from '../src/chain/reader.js';
import { Sender } from '../src/chain/sender.js';
import { contractsFolder } from '../src/command.js';
import { LyingRun } from '../src/demo/lyingRun.js';
import { type Side, Stage } from '../src/demo/stage.js';
import { defaultConditions, requestRun } from '../src/roles/requester.js';
import { type Model, type RunOf, compileModel, digitsInput, digitsModel, serverOf, verifierOf } from './support.js';

let stage: Stage;
let model: Model;

before(async () => {
  stage = await Stage.open(contractsFolder);
  model = await compileModel(digitsModel, digitsInput);
});

after(async () => {
  await model.stop();
  await stage.close();
});

const truth: RunOf = (job) => model.runs.of(job);
const lies: RunOf = async (job) => {
  const run = await model.runs.of(job);
  return run && new LyingRun(run, { by: 'server', node: 0, kind: 'register' });
};

interface Players {
  jobId: Hex;
  server: Side;
  challenger: Side;
}

/** A job that a server has answered with a lie, and that is being challenged. */
async function beginDispute(): Promise<Players> {
  const [requester, server, challenger] = await Promise.all(['requester', 'server', 'challenger'].map((who) => stage.side(who)));
  const conditions = { ...defaultConditions, server: server!.opml.sender.address, bond: 10n ** 17n };
  const jobId = await requestRun(requester!.opml, model.requested, { tensors: model.inputs }, conditions);
  return { jobId, server: server!, challenger: challenger! };
}

/** A player that has just been started: it knows its account, and that the contract is there. */
async function restarted({ name, opml }: Side, fromBlock: bigint): Promise<Side> {
  return { name, opml, reader: new EventReader(opml.client, stage.address, fromBlock) };
}

const isWonBy = ({ opml, reader }: Side, jobId: Hex): boolean =>
  reader.ledger.jobs.get(jobId)?.status === 'open' &&
  [...reader.ledger.winners.values()].some((winner) => winner && isAddressEqual(winner, opml.sender.address));

async function playOut({ jobId, server, challenger }: Players, between: (round: number) => Promise<void> = async () => {}) {
  const roles = [serverOf(server, lies), verifierOf(challenger, truth)];
  for (let round = 0; round < 30 && !isWonBy(challenger, jobId); ++round) {
    let done = 0;
    for (const role of roles) done += await role.step();
    await between(round);
    if (done === 0) await stage.wait(defaultConditions.clock + 1);
    await challenger.reader.poll();
  }
  assert.ok(isWonBy(challenger, jobId), 'the honest challenger wins');
}

test('players that are restarted before every step win', async () => {
  const fromBlock = await (await stage.side('nobody')).opml.client.getBlockNumber();
  const players = await beginDispute();
  for (let round = 0; round < 60; ++round) {
    const server = await restarted(players.server, fromBlock);
    const challenger = await restarted(players.challenger, fromBlock);
    const done = (await serverOf(server, lies).step()) + (await verifierOf(challenger, truth).step());
    if (done === 0) await stage.wait(defaultConditions.clock + 1);
    await challenger.reader.poll();
    if (isWonBy(challenger, players.jobId)) return;
  }
  assert.fail('the honest challenger has not won');
});

test('blocks that are taken back are played again', async () => {
  const players = await beginDispute();
  // Of both sides: challenge and first moves, moves in the middle, moves near the end.
  let snapshot: Hex | null = null;
  let revertedAfter = 0;
  await playOut(players, async (round) => {
    if (round % 2 === 0) {
      snapshot = await rpc<Hex>(stage.anvil.client, 'evm_snapshot');
    } else if (snapshot && revertedAfter < 3) {
      assert.equal(await rpc(stage.anvil.client, 'evm_revert', snapshot), true);
      // Another branch, as long as the one that is gone.
      await rpc(stage.anvil.client, 'anvil_mine', '0x8');
      ++revertedAfter;
    }
  });
  assert.equal(revertedAfter, 3);
});

test('a transaction that is too cheap is sent again, dearer', async () => {
  const { opml } = await stage.side('sender');
  const lines: string[] = [];
  const sender = new Sender(opml.client, opml.sender.account, { resendAfterMs: 50, pollMs: 5, say: (line) => lines.push(line) });
  await rpc(stage.anvil.client, 'evm_setAutomine', false);
  try {
    const sent = sender.send({ to: opml.sender.address, data: '0x' });
    let mined = false;
    void sent.then(() => (mined = true));
    const { baseFeePerGas } = await opml.client.getBlock();
    // The base fee has outrun what was offered at first.
    for (let blocks = 0; !mined && blocks < 200; ++blocks) {
      await rpc(stage.anvil.client, 'anvil_setNextBlockBaseFeePerGas', `0x${(baseFeePerGas! * 2n + 2_000_000_000n).toString(16)}`);
      await rpc(stage.anvil.client, 'anvil_mine', '0x1');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal((await sent).status, 'success');
    assert.ok(lines.some((line) => line.includes('sending it again, dearer')));
  } finally {
    await rpc(stage.anvil.client, 'evm_setAutomine', true);
  }
});
