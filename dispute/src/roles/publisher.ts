import type { Hex } from 'viem';
import { type JobView, type Part, dataParts, publishedPieces } from '../chain/ledger.js';
import type { Opml } from '../chain/opml.js';
import { RevertError } from '../chain/sender.js';
import { ChoppedTensor, chunkBytes } from '../data/tensor.js';
import type { DataSource } from '../oracle/outputs.js';
import { Refusals } from './refusals.js';
import type { Say } from './say.js';

/** Publishes what somebody has demanded. */
export class Publisher {
  /** By job, attempt and part. */
  private readonly refused = new Refusals();

  constructor(
    private readonly opml: Opml,
    private readonly data: DataSource,
    private readonly say: Say,
  ) {}

  /** Sends the pieces that are demanded of a job's result and not on the chain. Returns how many. */
  async publish(job: JobView, time: number): Promise<number> {
    let done = 0;
    for (const part of dataParts) {
      const demand = job.demands.get(part);
      const isLive = job.status === 'answered' && demand?.attempt === job.attempt && time <= demand.deadline;
      if (isLive && !this.refused.isFresh(`${job.id} ${job.attempt} ${part}`, time)) done += await this.publishPart(job, part, time);
    }
    return done;
  }

  private async publishPart(job: JobView, part: Part, time: number): Promise<number> {
    const tensors = (await this.data.tensors(job, part))?.map((tensor) => new ChoppedTensor(tensor));
    const roots = tensors?.map(({ root }) => root) ?? [];
    const onChain = publishedPieces(job, part);
    let done = 0;
    for (const [port, tensor] of (tensors ?? []).entries())
      for (let chunk = 0; chunk < tensor.chunks; ++chunk) {
        if (onChain.get(port)?.has(chunk * chunkBytes)) continue;
        if (!(await this.send(job, part, roots, tensor.piece(port, chunk), time))) return done;
        ++done;
      }
    return done;
  }

  private async send(job: JobView, part: Part, roots: Hex[], piece: ReturnType<ChoppedTensor['piece']>, time: number) {
    const { port, chunk } = piece;
    try {
      const { gasUsed } = await this.opml.publish(job.terms, part, roots, piece);
      this.say('publishes', { job: job.id, part, port, chunk, gas: gasUsed });
      return true;
    } catch (error) {
      if (!(error instanceof RevertError)) throw error;
      // Somebody else was faster, or the demand has been met.
      this.say('is refused by the chain', { job: job.id, move: 'publish', why: error.message });
      this.refused.add(`${job.id} ${job.attempt} ${part}`, time);
      return false;
    }
  }
}
