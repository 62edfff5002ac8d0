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
import { UserError } from '../src/userError.js';
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

test('players whose opml-vm serve dies start another one', async () => {
  const players = await beginDispute();
  const runOf: RunOf = async (job) => {
    await (await model.runs.of(job))?.stop();
    return model.runs.of(job);
  };
  await serverOf(players.server, lies).step();
  await verifierOf(players.challenger, runOf).step();
  await playOut(players, async () => {
    const job = players.server.reader.ledger.jobs.get(players.jobId)!;
    await (await model.runs.of(job))?.stop();
  });
});

test('what goes wrong with one job concerns no other', async () => {
  const [first, second] = [await beginDispute(), await beginDispute()];
  const { server } = second;
  const conditions = { ...defaultConditions, server: server.opml.sender.address };
  const bad = await requestRun(first.challenger.opml, model.requested, { tensors: model.inputs }, conditions);
  const good = await requestRun(first.challenger.opml, model.requested, { tensors: model.inputs }, { ...conditions, nonce: 1n });
  const runOf: RunOf = async (job) => {
    if (job.id === bad) throw new UserError('opml-vm serve has ended');
    return truth(job);
  };
  await serverOf(server, runOf).step();
  await server.reader.poll();
  const statusOf = (jobId: Hex) => server.reader.ledger.jobs.get(jobId)?.status;
  assert.deepEqual([bad, good, second.jobId].map(statusOf), ['open', 'answered', 'answered']);
});

/** Lies of a challenger that has seen its first one removed: the same claim, but another machine. */
const otherLies = (kind: 'register' | 'hi'): RunOf => async (job) => {
  const run = await model.runs.of(job);
  return run && new LyingRun(run, { by: 'challenger', node: 0, kind, step: kind === 'hi' ? 3 : 900 });
};

test('an answer to a state that a re-organisation has removed is refused, and the new state is answered', async () => {
  const { jobId, server, challenger } = await beginDispute();
  const { client } = stage.anvil;
  const honest = serverOf(server, truth);
  await honest.step();
  const liar = verifierOf(challenger, otherLies('register'));
  const gameOf = async () => {
    await server.reader.poll();
    return [...server.reader.ledger.games.values()].find((game) => game.jobId === jobId);
  };
  // Up to the liar's section of steps, which one branch has and the other has not.
  await liar.step();
  await honest.step();
  assert.ok(!(await gameOf())!.fields.inNode);
  const snapshot = await rpc<Hex>(client, 'evm_snapshot');
  await liar.step();
  assert.ok((await gameOf())!.fields.inNode, 'the liar has entered the node');
  const removed = (await gameOf())!.accumulator;
  await honest.step();
  assert.notEqual((await gameOf())!.accumulator, removed, 'the server has answered');
  const head = await client.getBlock({ includeTransactions: true });
  const answer = await rpc<Hex>(client, 'eth_getRawTransactionByHash', head.transactions[0]!.hash);

  assert.equal(await rpc(client, 'evm_revert', snapshot), true);
  await verifierOf(await restarted(challenger, 0n), otherLies('hi')).step();
  const present = (await gameOf())!;
  assert.ok(present.fields.inNode && present.accumulator !== removed, 'another section stands in the place of the removed one');
  // The answer to the removed one comes, late or from somebody who kept it.
  const hash = await rpc<Hex>(client, 'eth_sendRawTransaction', answer);
  assert.equal((await client.getTransactionReceipt({ hash })).status, 'reverted');
  assert.equal((await gameOf())!.accumulator, present.accumulator);

  const sides = [honest, verifierOf(challenger, otherLies('hi'))];
  for (let round = 0; round < 30 && (await gameOf()); ++round) {
    let done = 0;
    for (const side of sides) done += await side.step();
    if (done === 0) await stage.wait(defaultConditions.clock + 1);
  }
  const winners = [...server.reader.ledger.winners.values()];
  assert.ok(winners.some((winner) => winner && isAddressEqual(winner, server.opml.sender.address)), 'the honest server wins');
});

test('a move of one chain is none on another', async () => {
  const { server, challenger } = await beginDispute();
  const { client } = stage.anvil;
  await serverOf(server, lies).step();
  const snapshot = await rpc<Hex>(client, 'evm_snapshot');
  await verifierOf(challenger, truth).step();
  const { transactions } = await client.getBlock();
  const move = await rpc<Hex>(client, 'eth_getRawTransactionByHash', transactions[0]);
  // Another chain with the same contracts and the same jobs.
  assert.equal(await rpc(client, 'evm_revert', snapshot), true);
  const chainId = await client.getChainId();
  await rpc(client, 'anvil_setChainId', chainId + 1);
  await assert.rejects(rpc(client, 'eth_sendRawTransaction', move), /chain/i);
  await rpc(client, 'anvil_setChainId', chainId);
  assert.match(await rpc<Hex>(client, 'eth_sendRawTransaction', move), /^0x/, 'on its own chain it is good');
});

test('a challenge that a re-organisation has removed is made again', async () => {
  const { jobId, server, challenger } = await beginDispute();
  await serverOf(server, lies).step();
  const verifier = verifierOf(challenger, truth);
  const snapshot = await rpc<Hex>(stage.anvil.client, 'evm_snapshot');
  await verifier.step();
  const hasGame = () => [...challenger.reader.ledger.games.values()].some((game) => game.jobId === jobId);
  await challenger.reader.poll();
  assert.ok(hasGame());
  assert.equal(await rpc(stage.anvil.client, 'evm_revert', snapshot), true);
  await rpc(stage.anvil.client, 'anvil_mine', '0x3');
  for (let i = 0; i < 3; ++i) await verifier.step();
  await challenger.reader.poll();
  assert.ok(hasGame(), 'on the new branch, too');
});

test('a game with our claim that began early is not joined, and one that is lost is followed by our own', async () => {
  const { jobId, server, challenger } = await beginDispute();
  await serverOf(server, lies).step();
  const sybil = await stage.side('sybil');
  sybil.reader = challenger.reader;
  await verifierOf(sybil, truth).step();
  const verifier = verifierOf(challenger, truth);
  const games = async () => {
    await challenger.reader.poll();
    return [...challenger.reader.ledger.games.values()].filter((game) => game.jobId === jobId);
  };
  for (let i = 0; i < 3; ++i) await verifier.step();
  assert.equal((await games()).length, 1, 'one game with the true claim will do');
  // The server moves, and the sybil lets its clock run out.
  const liar = serverOf(server, lies);
  await liar.step();
  await stage.wait(defaultConditions.clock + 1);
  await liar.step();
  assert.equal((await games()).length, 0, 'the sybil has thrown its game');
  await verifier.step();
  assert.ok(isAddressEqual((await games())[0]!.fields.challenger, challenger.opml.sender.address));
});

test('a transaction that the node has forgotten is sent again', async () => {
  const { opml } = await stage.side('sender');
  const { client } = stage.anvil;
  const sender = new Sender(opml.client, opml.sender.account, { resendAfterMs: 50, pollMs: 5 });
  await rpc(client, 'evm_setAutomine', false);
  try {
    let mined = false;
    const sent = sender.send({ to: opml.sender.address, data: '0x' }).finally(() => (mined = true));
    const pending = async () => (await rpc<{ pending: Hex }>(client, 'txpool_status')).pending;
    while (BigInt(await pending()) === 0n) await new Promise((resolve) => setTimeout(resolve, 5));
    await rpc(client, 'anvil_dropAllTransactions');
    for (let blocks = 0; !mined && blocks < 500; ++blocks) {
      await rpc(client, 'anvil_mine', '0x1');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal((await sent).status, 'success');
  } finally {
    await rpc(client, 'evm_setAutomine', true);
  }
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
