import { type Hex, formatEther, isAddressEqual } from 'viem';
import type { JobView } from '../chain/ledger.js';
import type { Run } from '../game/run.js';
import type { Runs } from '../oracle/runs.js';
import type { ServedRun } from '../oracle/served.js';
import { defaultConditions, requestRun } from '../roles/requester.js';
import type { Say } from '../roles/say.js';
import { ServerRole } from '../roles/server.js';
import { VerifierRole } from '../roles/verifier.js';
import type { Lie } from './lie.js';
import { LyingRun } from './lyingRun.js';
import { type Side, type Stage, purse, wealth } from './stage.js';

const bond = 10n ** 17n;
const fee = 10n ** 16n;

/** Rounds in which nobody can do anything, after which a dispute counts as stuck. */
const patience = 6;

/** A run that somebody requests, and the runs that each side knows it by. */
export interface Case {
  requested: ServedRun;
  inputs: Hex[];
  serverRuns: Runs;
  challengerRuns: Runs;
  lie: Lie;
}

export interface Outcome {
  honestWon: boolean;
  /** What the honest side has gained, in wei, gas included. */
  gain: bigint;
  /** Of both sides, from the answer to the payout. */
  gas: bigint;
}

/** A dispute from the request to the payout, in which one side lies. */
export async function dispute(stage: Stage, { requested, inputs, lie, ...runs }: Case, say: (who: string) => Say): Promise<Outcome> {
  const requester = await stage.side('requester');
  const server = await stage.side('server');
  const challenger = await stage.side('challenger');
  const conditions = { ...defaultConditions, server: server.opml.sender.address, fee, bond };
  const jobId = await requestRun(requester.opml, requested, { tensors: inputs }, conditions);
  say('requester')('requests a run', { job: jobId, fee: formatEther(fee), bond: formatEther(bond) });

  const [honest, liar] = lie.by === 'server' ? [challenger, server] : [server, challenger];
  const runOf = (side: Side, own: Runs) => async (job: JobView): Promise<Run | null> => {
    const truth = await own.of(job);
    return truth && side === liar ? new LyingRun(truth, lie) : truth;
  };
  const { reader } = honest;
  const roles = [
    new ServerRole(server.opml, server.reader, runOf(server, runs.serverRuns), say('server')),
    new VerifierRole(challenger.opml, challenger.reader, runOf(challenger, runs.challengerRuns), say('challenger')),
  ];
  // An honest server has its bond back when its answer is final.
  const isOver = () => reader.ledger.winners.size > 0 && (honest === challenger || reader.ledger.jobs.get(jobId)?.status === 'final');
  for (let idle = 0; !isOver() && idle < patience; ) {
    let done = 0;
    for (const role of roles) done += await role.step();
    await reader.poll();
    idle = done > 0 ? 0 : idle + 1;
    if (idle > 0) {
      say('clock')('runs, for nobody moves', { seconds: defaultConditions.clock });
      await stage.wait(defaultConditions.clock + 1);
    }
  }
  return settle(honest, liar, say('result'));
}

async function settle(honest: Side, liar: Side, say: Say): Promise<Outcome> {
  const [winner] = honest.reader.ledger.winners.values();
  const honestWon = winner ? isAddressEqual(winner, honest.opml.sender.address) : false;
  await honest.opml.withdraw();
  const gain = (await wealth(honest)) - purse;
  const gas = honest.opml.sender.gasUsed + liar.opml.sender.gasUsed;
  say(honestWon ? 'the honest side has won' : 'the honest side has not won', {
    honest: honest.name,
    gain: `${formatEther(gain)} ether`,
    liar: `${formatEther((await wealth(liar)) - purse)} ether`,
    gas,
  });
  return { honestWon, gain, gas };
}
