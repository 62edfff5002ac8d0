import { type Address, type Hex, concat, encodeAbiParameters, getAddress, keccak256, padHex, stringToHex, toHex, zeroHash } from 'viem';
import { rootOf } from './merkle.js';

/** How many parts a section has: Section.values. */
export const parts = 16;

/** A game in the two words in which moves name it (GameState.sol). */
export interface PackedGame {
  progress: bigint;
  identity: bigint;
}

/** A game apart from what has been claimed in it. */
export interface GameFields {
  server: Address;
  challenger: Address;
  attempt: number;
  nonce: number;
  /** Time of the last move, in seconds, as the clocks. */
  movedAt: number;
  serverClock: number;
  challengerClock: number;
  /** How many sections this phase still takes. */
  levels: number;
  inNode: boolean;
  serverMoves: boolean;
}

const bits = (word: bigint, from: bigint, count: bigint): bigint => (word >> from) & ((1n << count) - 1n);
const address = (word: bigint): Address => getAddress(padHex(toHex(bits(word, 0n, 160n)), { size: 20 }));

export function unpackGame({ progress, identity }: PackedGame): GameFields {
  return {
    server: address(progress),
    movedAt: Number(bits(progress, 160n, 40n)),
    serverClock: Number(bits(progress, 200n, 32n)),
    levels: Number(bits(progress, 232n, 8n)),
    inNode: bits(progress, 240n, 1n) === 1n,
    serverMoves: bits(progress, 241n, 1n) === 1n,
    challenger: address(identity),
    challengerClock: Number(bits(identity, 160n, 32n)),
    attempt: Number(bits(identity, 192n, 32n)),
    nonce: Number(bits(identity, 224n, 32n)),
  };
}

/** A section as it was claimed, in answer to part `pick` of the one before. */
export interface Claimed {
  pick: number;
  section: readonly Hex[];
  /** After it. */
  accumulator: Hex;
}

/** What one phase began with. */
export interface Origin {
  /** Zero in the phase over steps. */
  modelRoot: Hex;
  start: Hex;
  /** What the first section attacks; zero in the phase over steps. */
  claim: Hex;
}

/** A game as events tell it. */
export interface GameView {
  key: Hex;
  jobId: Hex;
  packed: PackedGame;
  fields: GameFields;
  accumulator: Hex;
  origin: Origin;
  nodeSections: Claimed[];
  /** Its origin is the initial state of the node that was entered, which no event tells. */
  stepSections: Claimed[];
}

export const tag = (name: string): Hex => padHex(stringToHex(name), { dir: 'right', size: 32 });

/** The context after a node that fails, and the output root of a run in which one does. */
export const failed: Hex = keccak256(tag('opml.failed.v1'));

const words = [{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }] as const;

/** History.begin. */
export const beginAccumulator = ({ modelRoot, start, claim }: Origin): Hex =>
  keccak256(encodeAbiParameters(words, [tag('opml.game.v1'), modelRoot, start, claim]));

export const stepOrigin = (start: Hex): Origin => ({ modelRoot: zeroHash, start, claim: zeroHash });

/** History.append. */
export const appendAccumulator = (accumulator: Hex, pick: number, section: readonly Hex[]): Hex =>
  keccak256(concat([accumulator, toHex(pick, { size: 1 }), rootOf(section)]));

/** inputRoot or outputRoot. */
export const commitmentTo = (kind: 'input' | 'output', roots: readonly Hex[]): Hex =>
  keccak256(concat([tag(`opml.${kind}.v1`), toHex(roots.length, { size: 2 }), ...roots]));
