import type { Address, Hex, Log, PublicClient } from 'viem';
import { type OpmlEvent, readEvent } from './events.js';
import { Ledger } from './ledger.js';

interface Checkpoint {
  number: bigint;
  hash: Hex;
}

/** Blocks whose logs are asked for at a time. */
const blocksAtATime = 2000n;
/** Blocks that are remembered to find where a re-organisation began. */
const maxCheckpoints = 256;

/**
 * Follows the contract's events. All that a player knows of jobs and games is in the ledger, which is rebuilt from the
 * events that are left when a re-organisation has taken some away.
 */
export class EventReader {
  ledger = new Ledger();
  private events: OpmlEvent[] = [];
  private checkpoints: Checkpoint[] = [];
  private readonly times = new Map<Hex, number>();

  constructor(
    private readonly client: PublicClient,
    private readonly contract: Address,
    private readonly fromBlock: bigint,
  ) {}

  /** Catches up with the chain's head. Returns how many blocks were taken back; their events are forgotten. */
  async poll(): Promise<{ head: bigint; time: number; removed: bigint }> {
    const head = await this.client.getBlock();
    const removed = await this.forgetRemoved(head.number);
    let next = (this.checkpoints.at(-1)?.number ?? this.fromBlock - 1n) + 1n;
    while (next <= head.number) {
      const last = next + blocksAtATime - 1n < head.number ? next + blocksAtATime - 1n : head.number;
      const end = last === head.number ? head : await this.client.getBlock({ blockNumber: last });
      const logs = await this.client.getLogs({ address: this.contract, fromBlock: next, toBlock: last });
      // What was read may be of a branch that is gone by now: then the next poll reads it again.
      if ((await this.client.getBlock({ blockNumber: last })).hash !== end.hash) break;
      for (const log of logs) await this.take(log as Log<bigint, number, false>);
      this.checkpoints.push({ number: last, hash: end.hash! });
      if (this.checkpoints.length > maxCheckpoints) this.checkpoints.shift();
      next = last + 1n;
    }
    return { head: head.number, time: Number(head.timestamp), removed };
  }

  private async take(log: Log<bigint, number, false>): Promise<void> {
    const event = readEvent(log, await this.timeOf(log.blockHash!, log.blockNumber));
    if (!event) return;
    this.events.push(event);
    this.ledger.apply(event);
  }

  private async timeOf(hash: Hex, blockNumber: bigint): Promise<number> {
    const known = this.times.get(hash);
    if (known !== undefined) return known;
    const time = Number((await this.client.getBlock({ blockNumber })).timestamp);
    this.times.set(hash, time);
    return time;
  }

  /** Goes back to the last checkpoint that is still on the chain. */
  private async forgetRemoved(head: bigint): Promise<bigint> {
    const before = this.checkpoints.at(-1)?.number;
    const isGone = async ({ number, hash }: Checkpoint) =>
      number > head || (await this.client.getBlock({ blockNumber: number })).hash !== hash;
    while (this.checkpoints.length > 0 && (await isGone(this.checkpoints.at(-1)!))) this.checkpoints.pop();
    const after = this.checkpoints.at(-1)?.number ?? this.fromBlock - 1n;
    if (before === undefined || after === before) return 0n;
    this.events = this.events.filter(({ blockNumber }) => blockNumber <= after);
    this.ledger = new Ledger();
    for (const event of this.events) this.ledger.apply(event);
    return before - after;
  }
}
