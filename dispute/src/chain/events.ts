import { type Address, type Hex, type Log, decodeEventLog } from 'viem';
import type { PackedGame } from '../game/state.js';
import { opmlAbi } from './opmlAbi.js';
import type { Terms } from './terms.js';

interface Place {
  blockNumber: bigint;
  time: number;
}

/** What the contract logs, as far as players need it. */
export type OpmlEvent = Place &
  (
    | { name: 'Requested'; jobId: Hex; terms: Terms; uri: string }
    | { name: 'Published'; jobId: Hex; isInput: boolean; port: number; offset: number; data: Hex }
    | { name: 'Committed'; jobId: Hex; server: Address }
    | { name: 'Answered'; jobId: Hex; server: Address; attempt: number; outputRoot: Hex }
    | { name: 'Died'; jobId: Hex; attempt: number; winner: Address }
    | { name: 'Finalized'; jobId: Hex; outputRoot: Hex }
    | { name: 'Refunded'; jobId: Hex }
    | { name: 'Demanded'; jobId: Hex; isInput: boolean; attempt: number; demander: Address; deadline: number }
    | { name: 'Challenged'; jobId: Hex; gameKey: Hex; game: PackedGame; accumulator: Hex; claim: Hex }
    | { name: 'Moved'; jobId: Hex; gameKey: Hex; game: PackedGame; accumulator: Hex; pick: number; section: readonly Hex[] }
    | { name: 'Ended'; jobId: Hex; gameKey: Hex; winner: Address }
  );

/** Reads a log; null where it is none of the above. `time` is that of its block. */
export function readEvent(log: Log<bigint, number, false>, time: number): OpmlEvent | null {
  const place: Place = { blockNumber: log.blockNumber, time };
  const { eventName: name, args } = decodeEventLog({ abi: opmlAbi, data: log.data, topics: log.topics });
  switch (name) {
    case 'Requested':
      return { ...place, name, jobId: args.jobId, terms: args.terms, uri: args.uri };
    case 'Published':
      return { ...place, ...args, name, port: Number(args.port), offset: Number(args.offset) };
    case 'Demanded':
      return { ...place, ...args, name, deadline: Number(args.deadline) };
    case 'Moved':
      return { ...place, ...args, name, pick: Number(args.pick) };
    case 'Committed':
    case 'Answered':
    case 'Died':
    case 'Finalized':
    case 'Refunded':
    case 'Challenged':
    case 'Ended':
      return { ...place, ...args, name } as OpmlEvent;
    default:
      return null;
  }
}
