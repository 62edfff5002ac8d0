import type { Hex } from 'viem';
import { type Phase, type Revealed, revealEqualEnds, revealPart } from './reveal.js';
import type { NodeProof, NodeRun, Run } from './run.js';
import { type Claimed, type GameView, appendAccumulator, beginAccumulator, parts, stepOrigin } from './state.js';

/** A move by the contract's function that makes it. */
export type Move =
  | { kind: 'divide'; pick: number; section: Hex[] }
  | { kind: 'enterNode'; pick: number; node: number; revealed: Revealed; proof: NodeProof; run: NodeRun; section: Hex[] }
  | { kind: 'showNode'; pick: number; node: number; revealed: Revealed; proof: NodeProof }
  | { kind: 'executeStep'; pick: number; node: number; step: number; revealed: Revealed; witness: Hex }
  | { kind: 'showEqualEnds'; revealed: Revealed };

/** Transitions `first` … `first + length - 1` of a phase. */
interface Interval {
  first: number;
  length: number;
}

const partOf = ({ first, length }: Interval, pick: number): Interval => ({
  first: first + (pick * length) / parts,
  length: length / parts,
});

/** What the last section divides; before the first, all. The first divides all of the phase, whatever its pick says. */
function lastInterval(sections: readonly Claimed[], length: number): Interval {
  return sections.slice(1).reduce((interval, { pick }) => partOf(interval, pick), { first: 0, length });
}

/** The first part of the last section whose end is another than in `trace`; null if there is none. */
function firstWrong(sections: readonly Claimed[], trace: readonly Hex[]): number | null {
  const pick = sections.at(-1)!.section.findIndex((value, i) => value !== trace[i]);
  return pick < 0 ? null : pick;
}

/** The part that the mover attacks, and what it is part of. */
async function attack(sections: readonly Claimed[], length: number, trace: (interval: Interval) => Promise<Hex[]>) {
  const whole = lastInterval(sections, length);
  if (sections.length === 0) return { pick: 0, attacked: whole };
  const pick = firstWrong(sections, await trace(whole));
  return pick === null ? null : { pick, attacked: partOf(whole, pick) };
}

/**
 * The node whose machine a game is in. Events do not tell which part its opponent entered, but the phase begins with the
 * hash of the node's initial state, and that a player knows who agrees with the context before it.
 */
async function enteredNode(game: GameView, run: Run): Promise<{ node: number; phase: Phase }> {
  const { first, length } = lastInterval(game.nodeSections, 2 ** run.header.nodeBits);
  const opening = game.stepSections[0]!;
  for (let node = first; node < first + length; ++node) {
    if (await run.isDecided(node)) break;
    const origin = stepOrigin(await run.initialState(node));
    if (appendAccumulator(beginAccumulator(origin), 0, opening.section) === opening.accumulator)
      return { node, phase: { origin, sections: game.stepSections } };
  }
  throw new Error(`game ${game.key}: it entered a node from a context that is none of this run`);
}

async function moveInNode(game: GameView, run: Run): Promise<Move> {
  const { node, phase } = await enteredNode(game, run);
  const trace = ({ first, length }: Interval) => run.states(node, first, length);
  const target = await attack(phase.sections, 2 ** (await run.stepBits(node)), trace);
  if (!target) return { kind: 'showEqualEnds', revealed: revealEqualEnds(phase) };
  const { pick, attacked } = target;
  if (game.fields.levels > 0) return { kind: 'divide', pick, section: await trace(attacked) };
  const step = attacked.first;
  const witness = await run.witness(node, step);
  return { kind: 'executeStep', pick, node, step, revealed: revealPart(phase, pick, false), witness };
}

async function moveOverNodes(game: GameView, run: Run): Promise<Move> {
  const phase = { origin: game.origin, sections: game.nodeSections };
  const trace = ({ first, length }: Interval) => run.contexts(first, length);
  const target = await attack(phase.sections, 2 ** run.header.nodeBits, trace);
  if (!target) return { kind: 'showEqualEnds', revealed: revealEqualEnds(phase) };
  const { pick, attacked } = target;
  if (game.fields.levels > 0) return { kind: 'divide', pick, section: await trace(attacked) };
  const node = attacked.first;
  const revealed = revealPart(phase, pick, true);
  const proof = await run.nodeProof(node);
  if (await run.isDecided(node)) return { kind: 'showNode', pick, node, revealed, proof };
  const section = await run.states(node, 0, 2 ** (await run.stepBits(node)));
  return { kind: 'enterNode', pick, node, revealed, proof, run: await run.nodeRun(node), section };
}

/** The move of the side whose turn it is, if that side defends `run` (docs/protocol.md, Why one honest side wins). */
export const nextMove = (game: GameView, run: Run): Promise<Move> =>
  game.fields.inNode ? moveInNode(game, run) : moveOverNodes(game, run);
