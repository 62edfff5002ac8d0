import type { Address, Hex } from 'viem';
import type { Pieces } from '../data/tensor.js';
import { type GameView, unpackGame } from '../game/state.js';
import type { OpmlEvent } from './events.js';
import type { Terms } from './terms.js';

/** A job as events tell it. */
export interface JobView {
  id: Hex;
  terms: Terms;
  uri: string;
  status: 'open' | 'answered' | 'final' | 'closed';
  /** When the answer's or the challenges' time began. */
  since: number;
  attempt: number;
  server: Address | null;
  outputRoot: Hex | null;
  /** Servers that have committed to an answer, and when. */
  commitments: Map<Address, number>;
  /** What is on the chain of the inputs. */
  inputs: Pieces;
  /** The same of the outputs behind each output root that has been answered. */
  outputs: Map<Hex, Pieces>;
  /** The last demand for each; it may have been met. */
  demands: Map<Part, Demand>;
}

/** What may lie elsewhere than on the chain. */
export const dataParts = ['inputs', 'outputs'] as const;
export type Part = (typeof dataParts)[number];

export interface Demand {
  demander: Address;
  /** The result that it is about. */
  attempt: number;
  deadline: number;
}

/** What is on the chain of these data. */
export const publishedPieces = ({ inputs, outputs, outputRoot }: JobView, part: Part): Pieces =>
  part === 'inputs' ? inputs : (outputs.get(outputRoot ?? '0x') ?? new Map());

/** All jobs and games, from the events in their order. */
export class Ledger {
  readonly jobs = new Map<Hex, JobView>();
  /** Those that are not over. */
  readonly games = new Map<Hex, GameView>();
  /** Who won those that are; null if their result had died before. */
  readonly winners = new Map<Hex, Address | null>();

  apply(event: OpmlEvent): void {
    if (event.name === 'Requested') return this.addJob(event);
    const job = this.jobs.get(event.jobId);
    if (!job) return; // requested before the block that reading began at
    switch (event.name) {
      case 'Published':
        return this.publish(job, event);
      case 'Committed':
        job.commitments.set(event.server, event.time);
        return;
      case 'Answered':
        return void Object.assign(job, { status: 'answered', since: event.time, server: event.server, outputRoot: event.outputRoot });
      case 'Died':
        return void Object.assign(job, { status: 'open', since: event.time, attempt: event.attempt + 1, server: null, outputRoot: null });
      case 'Finalized':
        job.status = 'final';
        return;
      case 'Refunded':
        job.status = 'closed';
        return;
      case 'Demanded':
        job.demands.set(event.isInput ? 'inputs' : 'outputs', event);
        return;
      default:
        return this.play(job, event);
    }
  }

  private addJob({ jobId, terms, uri, time }: OpmlEvent & { name: 'Requested' }): void {
    this.jobs.set(jobId, {
      id: jobId,
      terms,
      uri,
      status: 'open',
      since: time,
      attempt: 0,
      server: null,
      outputRoot: null,
      commitments: new Map(),
      inputs: new Map(),
      outputs: new Map(),
      demands: new Map(),
    });
  }

  private publish(job: JobView, { isInput, port, offset, data, time }: OpmlEvent & { name: 'Published' }): void {
    const tensors = publishedPieces(job, isInput ? 'inputs' : 'outputs');
    tensors.set(port, (tensors.get(port) ?? new Map<number, Hex>()).set(offset, data));
    if (!isInput) job.outputs.set(job.outputRoot!, tensors);
    // P4: the last piece of a demanded input begins the window anew. Before it nothing is final, for the demand is not met.
    else if (job.status === 'answered') job.since = time;
  }

  private play(job: JobView, event: OpmlEvent & { name: 'Challenged' | 'Moved' | 'Ended' }): void {
    const key = event.gameKey;
    if (event.name === 'Ended') {
      this.games.delete(key);
      this.winners.set(key, BigInt(event.winner) === 0n ? null : event.winner);
      return;
    }
    const { game: packed, accumulator } = event;
    const fields = unpackGame(packed);
    if (event.name === 'Challenged') {
      const origin = { modelRoot: job.terms.modelRoot, start: job.terms.start, claim: event.claim };
      const sections = { nodeSections: [], stepSections: [] };
      this.games.set(key, { key, jobId: job.id, packed, fields, accumulator, origin, ...sections });
      return;
    }
    const game = this.games.get(key);
    if (!game) throw new Error(`game ${key}: a move without a challenge`);
    const sections = fields.inNode ? game.stepSections : game.nodeSections;
    sections.push({ pick: event.pick, section: event.section, accumulator });
    Object.assign(game, { packed, fields, accumulator });
  }
}
