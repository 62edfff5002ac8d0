import { type Hex, type TransactionReceipt, isAddressEqual } from 'viem';
import { type JobView, type Part, dataParts } from '../chain/ledger.js';
import type { Opml } from '../chain/opml.js';
import { RevertError } from '../chain/sender.js';
import { Refusals } from './refusals.js';
import type { Say } from './say.js';

/** Demands that withheld data be published, and ends results whose data do not appear. */
export class Demander {
  /** By job, attempt, part and what was tried. */
  private readonly refused = new Refusals();
  /** Demands about dead results whose deposit is not there any more, by job, attempt and part. */
  private readonly released = new Set<string>();

  /** @param maxDeposit Wei that a demand may take: whoever demands data that are not withheld loses it (docs/protocol.md). */
  constructor(
    private readonly opml: Opml,
    private readonly maxDeposit: bigint,
    private readonly say: Say,
  ) {}

  /** Demands the data of a living result. Returns whether it did. */
  async demand(job: JobView, part: Part, time: number): Promise<boolean> {
    const isDemanded = job.demands.get(part)?.attempt === job.attempt;
    if (this.maxDeposit === 0n || isDemanded || time >= job.since + job.terms.window) return false;
    return this.send(job, part, time, 'demands publication', () => this.sendDemand(job, part));
  }

  /**
   * Ends a result whose data have been demanded in vain, by us or about a job of ours, and takes our deposits back where
   * the result has died otherwise.
   */
  async settle(job: JobView, time: number): Promise<number> {
    let done = 0;
    for (const part of dataParts) {
      const demand = job.demands.get(part);
      if (!demand) continue;
      const isLive = job.status === 'answered' && demand.attempt === job.attempt;
      const { address } = this.opml.sender;
      const isOurs = isAddressEqual(demand.demander, address);
      const concernsUs = isOurs || isAddressEqual(job.terms.requester, address);
      if (isLive && concernsUs && time > demand.deadline && (await this.expire(job, part, time))) ++done;
      if (!isLive && isOurs && (await this.release(job, part, demand.attempt, time))) ++done;
    }
    return done;
  }

  private async sendDemand(job: JobView, part: Part): Promise<TransactionReceipt> {
    // The contract says what it takes.
    const deposit = await this.opml.demand(job.terms, part, 0n).catch((error: unknown) => {
      if (error instanceof RevertError && error.errorName === 'WrongPayment') return error.errorArguments[0] as bigint;
      throw error;
    });
    if (typeof deposit !== 'bigint') return deposit;
    if (deposit > this.maxDeposit) throw new RevertError(`it takes a deposit of ${deposit} wei`);
    return this.opml.demand(job.terms, part, deposit);
  }

  private async expire(job: JobView, part: Part, time: number): Promise<boolean> {
    if (!(await this.isOpen(job.id, part, job.attempt))) return false;
    return this.send(job, part, time, 'ends a result whose data were withheld', () => this.opml.expire(job.terms, part));
  }

  private async release(job: JobView, part: Part, attempt: number, time: number): Promise<boolean> {
    const demand = `${job.id} ${attempt} ${part}`;
    if (this.released.has(demand)) return false;
    if (!(await this.isOpen(job.id, part, attempt))) {
      this.released.add(demand);
      return false;
    }
    return this.send(job, part, time, 'takes its deposit back', () => this.opml.releaseDemand(job.id, part));
  }

  /** Events do not tell what has become of a demand. */
  private async isOpen(jobId: Hex, part: Part, attempt: number): Promise<boolean> {
    const open = await this.opml.demandOf(jobId, part);
    return BigInt(open.demander) !== 0n && open.attempt === attempt;
  }

  private async send(job: JobView, part: Part, time: number, what: string, call: () => Promise<{ gasUsed: bigint }>) {
    const name = `${job.id} ${job.attempt} ${part} ${what}`;
    if (this.refused.isFresh(name, time)) return false;
    try {
      const { gasUsed } = await call();
      this.say(what, { job: job.id, part, gas: gasUsed });
      return true;
    } catch (error) {
      if (!(error instanceof RevertError)) throw error;
      this.say('is refused by the chain', { job: job.id, move: what, why: error.message });
      this.refused.add(name, time);
      return false;
    }
  }
}
