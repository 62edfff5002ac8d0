import { isAddressEqual } from 'viem';
import type { JobView, Ledger } from '../chain/ledger.js';
import type { Opml } from '../chain/opml.js';
import type { EventReader } from '../chain/reader.js';
import { RevertError } from '../chain/sender.js';
import { Demander } from './demander.js';
import { Gamer, type RunOf } from './gamer.js';
import { Guard } from './guard.js';
import type { Say } from './say.js';

export interface VerifierOptions {
  /** Whether the job's inputs were not to be had. */
  lacksInputs: (job: JobView) => boolean;
  /** Wei that a demand for inputs may take; zero for no demands. */
  maxDeposit: bigint;
  /** Seconds that suffice for all moves of a game (K2): results with shorter clocks are left alone. */
  minClock: number;
}

/** Recomputes results of models that it knows, and challenges those that are wrong. */
export class VerifierRole {
  private readonly gamer: Gamer;
  /** Results that are done with, by job and attempt: right ones, and those that we have challenged. */
  private readonly settled = new Set<string>();
  private readonly demander: Demander;
  private readonly guard: Guard;
  private readonly options: VerifierOptions;

  constructor(
    private readonly opml: Opml,
    private readonly reader: EventReader,
    private readonly runOf: RunOf,
    private readonly say: Say,
    options: Partial<VerifierOptions> = {},
  ) {
    this.options = { lacksInputs: () => false, maxDeposit: 0n, minClock: 0, ...options };
    this.gamer = new Gamer(opml, runOf, say);
    this.guard = new Guard(say);
    this.demander = new Demander(opml, this.options.maxDeposit, say);
  }

  /** Does all that there is to do at this time. Returns how many transactions that took. */
  async step(): Promise<number> {
    const { time, removed } = await this.reader.poll();
    if (removed > 0n) this.forget(removed);
    const { ledger } = this.reader;
    let done = await this.gamer.play(ledger, time);
    for (const job of ledger.jobs.values()) done += await this.guard.run(job.id, time, () => this.lookAt(job, ledger, time));
    return done;
  }

  private async lookAt(job: JobView, ledger: Ledger, time: number): Promise<number> {
    const settled = await this.demander.settle(job, time);
    return job.status === 'answered' && (await this.verify(job, ledger, time)) ? settled + 1 : settled;
  }

  /** A challenge of ours may be gone with the blocks; looking again costs nothing. */
  private forget(blocks: bigint): void {
    this.say('the chain took blocks back', { blocks });
    this.settled.clear();
  }

  private async verify(job: JobView, ledger: Ledger, time: number): Promise<boolean> {
    const result = `${job.id} ${job.attempt}`;
    if (this.settled.has(result) || time >= job.since + job.terms.window || job.terms.clock < this.options.minClock) return false;
    const run = await this.runOf(job);
    if (!run) return this.options.lacksInputs(job) && this.demander.demand(job, 'inputs', time);
    const { claim, outputs } = await run.openOutputs();
    if ((await run.outputRoot()) === job.outputRoot) {
      this.settled.add(result);
      this.say('finds the result right', { job: job.id });
      return false;
    }
    const games = [...ledger.games.values()].filter(({ jobId, fields }) => jobId === job.id && fields.attempt === job.attempt);
    if (games.some(({ fields }) => isAddressEqual(fields.challenger, this.opml.sender.address))) {
      this.settled.add(result);
      return false;
    }
    // K3: somebody else's game with our claim will do, if its end leaves us time to play one of our own.
    const windowEnds = job.since + job.terms.window;
    const isEarly = ({ fields }: (typeof games)[number]) =>
      fields.movedAt + fields.serverClock + fields.challengerClock + job.terms.clock / 2 < windowEnds;
    if (games.some((game) => game.origin.claim === claim && isEarly(game))) return false;
    try {
      const { gasUsed } = await this.opml.challenge(job, 0, claim, outputs);
      this.say('challenges', { job: job.id, attempt: job.attempt, claim, gas: gasUsed });
    } catch (error) {
      if (!(error instanceof RevertError)) throw error;
      this.say('is refused by the chain', { job: job.id, move: 'challenge', why: error.message });
    }
    this.settled.add(result);
    return true;
  }
}
