import { type Hex, bytesToHex, encodeAbiParameters, isAddressEqual, keccak256, toHex, zeroAddress, zeroHash } from 'viem';
import { randomBytes } from 'node:crypto';
import type { JobView } from '../chain/ledger.js';
import type { Opml } from '../chain/opml.js';
import type { EventReader } from '../chain/reader.js';
import { RevertError } from '../chain/sender.js';
import type { DataSource } from '../oracle/outputs.js';
import { Gamer, type RunOf } from './gamer.js';
import { Guard } from './guard.js';
import { Publisher } from './publisher.js';
import { Refusals } from './refusals.js';
import type { Say } from './say.js';

/** Seconds between commitment and answer that the contract asks for (Jobs.sol). */
const commitmentAge = 60;

export interface ServerOptions {
  data: DataSource;
  /** Outputs of so many bytes are sent with the answer; larger ones are published if somebody demands them. */
  answerBytes: number;
  /** Seconds that suffice for all moves of a game, and to publish (K2): jobs that give less are left alone. */
  minClock: number;
  /** Wei for which it works: the fee pays for the answer and for making it final. */
  minFee: bigint;
}

const defaultOptions: ServerOptions = { data: { tensors: async () => null }, answerBytes: 0, minClock: 0, minFee: 0n };

/** Answers jobs about models that it knows, defends the answers, and collects what they earn. */
export class ServerRole {
  private readonly gamer: Gamer;
  private readonly salts = new Map<Hex, Hex>();
  /** By job and attempt. */
  private readonly refused = new Refusals();
  private readonly publisher: Publisher;
  private readonly guard: Guard;
  private readonly options: ServerOptions;

  constructor(
    private readonly opml: Opml,
    private readonly reader: EventReader,
    private readonly runOf: RunOf,
    private readonly say: Say,
    options: Partial<ServerOptions> = {},
  ) {
    this.options = { ...defaultOptions, ...options };
    this.gamer = new Gamer(opml, runOf, say);
    this.guard = new Guard(say);
    this.publisher = new Publisher(opml, this.options.data, say);
  }

  /** Does all that there is to do at this time. Returns how many transactions that took. */
  async step(): Promise<number> {
    const { time, removed } = await this.reader.poll();
    if (removed > 0n) this.say('the chain took blocks back', { blocks: removed });
    const { ledger } = this.reader;
    let done = await this.gamer.play(ledger, time);
    for (const job of ledger.jobs.values()) done += await this.guard.run(job.id, time, () => this.serve(job, time));
    return done;
  }

  private async serve(job: JobView, time: number): Promise<number> {
    if (job.status === 'open') return Number(await this.answer(job, time));
    if (job.status !== 'answered' || !this.isOurs(job)) return 0;
    const published = await this.publisher.publish(job, time);
    return published + Number(await this.finalize(job, time));
  }

  private isOurs({ server }: JobView): boolean {
    return server !== null && isAddressEqual(server, this.opml.sender.address);
  }

  private async answer(job: JobView, time: number): Promise<boolean> {
    const { terms } = job;
    if (Math.min(terms.clock, terms.publishPeriod) < this.options.minClock || terms.fee < this.options.minFee) return false;
    const named = isAddressEqual(terms.server, this.opml.sender.address);
    if (!named && !isAddressEqual(terms.server, zeroAddress)) return false;
    if (time > job.since + terms.answerPeriod || this.refused.isFresh(`${job.id} ${job.attempt}`, time)) return false;
    const run = await this.runOf(job);
    if (!run) return false;
    const outputRoot = await run.outputRoot();
    const salt = named ? zeroHash : await this.commitTo(job, outputRoot, time);
    if (salt === null) return false;
    const outputs = await this.outputsWithAnswer(job);
    return this.send(job, time, 'answers', { outputRoot }, () => this.opml.answer(terms, outputRoot, salt, outputs));
  }

  private async outputsWithAnswer(job: JobView): Promise<Hex[]> {
    if (this.options.answerBytes === 0) return [];
    const outputs = (await this.options.data.tensors(job, 'outputs')) ?? [];
    const bytes = outputs.reduce((sum, { length }) => sum + length, 0);
    return bytes <= this.options.answerBytes ? outputs.map((tensor) => bytesToHex(tensor)) : [];
  }

  /** The salt of a commitment that is old enough; commits if there is none. A restart forgets the salt and commits anew. */
  private async commitTo(job: JobView, outputRoot: Hex, time: number): Promise<Hex | null> {
    const known = this.salts.get(job.id);
    const committed = job.commitments.get(this.opml.sender.address);
    if (known && committed !== undefined) return time >= committed + commitmentAge ? known : null;
    const salt = toHex(randomBytes(32));
    const words = [{ type: 'bytes32' }, { type: 'address' }, { type: 'bytes32' }, { type: 'bytes32' }] as const;
    const commitment = keccak256(encodeAbiParameters(words, [job.id, this.opml.sender.address, outputRoot, salt]));
    if (await this.send(job, time, 'commits to an answer', {}, () => this.opml.commit(job.id, commitment))) this.salts.set(job.id, salt);
    return null;
  }

  private async finalize(job: JobView, time: number): Promise<boolean> {
    if (time < job.since + job.terms.window) return false;
    const { status, since, games, demands } = await this.opml.jobOf(job.id);
    // A publication begins the window anew, which the chain knows best.
    if (status !== 2 || time < since + job.terms.window || games !== 0 || demands !== 0) return false;
    return this.send(job, time, 'finalises its answer', {}, () => this.opml.finalize(job.terms));
  }

  private async send(
    job: JobView,
    time: number,
    what: string,
    facts: Record<string, unknown>,
    call: () => Promise<{ gasUsed: bigint }>,
  ): Promise<boolean> {
    try {
      const { gasUsed } = await call();
      this.say(what, { job: job.id, ...facts, gas: gasUsed });
      return true;
    } catch (error) {
      if (!(error instanceof RevertError)) throw error;
      this.refused.add(`${job.id} ${job.attempt}`, time);
      this.say('is refused by the chain', { job: job.id, move: what, why: error.message });
      return false;
    }
  }
}
