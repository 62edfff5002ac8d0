import { type Hex, concat, toHex } from 'viem';
import { joinSiblings, levelsOf, rootOf, siblingsOf } from './merkle.js';
import { type Claimed, type Origin, beginAccumulator } from './state.js';

/** A phase of a game opened again: History.sol's Revealed. */
export interface Revealed {
  base: Hex;
  sections: Hex;
  origin: Hex[];
  agreed: Hex;
  claimed: Hex;
  siblings: Hex[];
  earlierSiblings: Hex[];
}

/** The sections of a phase, whose origin the player knows. */
export interface Phase {
  origin: Origin;
  sections: readonly Claimed[];
}

const packSections = (sections: readonly Claimed[]): Hex =>
  concat(['0x', ...sections.map(({ pick, section }) => concat([toHex(pick, { size: 1 }), rootOf(section)]))]);

/** The sections from `from` on, or all of them with the origin. */
function history({ origin, sections }: Phase, from: number, withOrigin: boolean) {
  const first = withOrigin ? 0 : from;
  const { modelRoot, start, claim } = origin;
  return {
    base: first === 0 ? beginAccumulator(origin) : sections[first - 1]!.accumulator,
    sections: packSections(sections.slice(first)),
    origin: withOrigin ? [modelRoot, start, claim] : [],
  };
}

/** Opens part `pick` of the last section, and no more of the past than that needs; all of it if `all` (H1, H2). */
export function revealPart(phase: Phase, pick: number, all: boolean): Revealed {
  const { origin, sections } = phase;
  const last = sections.at(-1);
  if (!last)
    return { ...history(phase, 0, true), agreed: origin.start, claimed: origin.claim, siblings: [], earlierSiblings: [] };
  const levels = levelsOf(last.section);
  const claimed = last.section[pick]!;
  if (pick !== 0) {
    const places = [pick - 1, pick].map((first) => ({ first, height: 0 }));
    const siblings = joinSiblings(places, [siblingsOf(levels, pick - 1), siblingsOf(levels, pick)]);
    const agreed = last.section[pick - 1]!;
    return { ...history(phase, sections.length - 1, all), agreed, claimed, siblings, earlierSiblings: [] };
  }
  const siblings = siblingsOf(levels, 0);
  // The latest section that was not entered through its part 0 has the value before it in the section before.
  let entered = sections.length - 1;
  while (entered > 0 && sections[entered]!.pick === 0) --entered;
  if (entered === 0)
    return { ...history(phase, 0, true), agreed: origin.start, claimed, siblings, earlierSiblings: [] };
  const before = sections[entered - 1]!.section;
  const position = sections[entered]!.pick - 1;
  const earlierSiblings = siblingsOf(levelsOf(before), position);
  return { ...history(phase, entered - 1, all), agreed: before[position]!, claimed, siblings, earlierSiblings };
}

/** Opens the end of the last section, and the claim that it attacks, which is the same (G7). */
export function revealEqualEnds(phase: Phase): Revealed {
  const { sections } = phase;
  const last = sections.at(-1)!;
  const end = { claimed: last.section.at(-1)!, siblings: siblingsOf(levelsOf(last.section), last.section.length - 1) };
  const before = sections.at(-2);
  const earlierSiblings = before ? siblingsOf(levelsOf(before.section), last.pick) : [];
  const from = Math.max(sections.length - 2, 0);
  return { ...history(phase, from, before === undefined), agreed: end.claimed, ...end, earlierSiblings };
}
