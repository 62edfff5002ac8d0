import { type Hex, concat, keccak256 } from 'viem';

/** A subtree of a binary tree: the one of height `height` whose first leaf is `first`. */
export interface Place {
  first: number;
  height: number;
}

/** A subtree's root with its siblings up to the tree's root, its own one first. */
export interface ProvenRoot {
  root: Hex;
  siblings: Hex[];
}

export const hashPair = (left: Hex, right: Hex): Hex => keccak256(concat([left, right]));

/** The levels of the tree over these leaves, a power of two of them, from the leaves to the root. */
export function levelsOf(leaves: readonly Hex[]): Hex[][] {
  const levels = [[...leaves]];
  for (let below = levels[0]!; below.length > 1; below = levels.at(-1)!)
    levels.push(Array.from({ length: below.length / 2 }, (_, i) => hashPair(below[2 * i]!, below[2 * i + 1]!)));
  return levels;
}

export const rootOf = (leaves: readonly Hex[]): Hex => levelsOf(leaves).at(-1)![0]!;

/** The siblings of one leaf. */
export const siblingsOf = (levels: readonly Hex[][], leaf: number): Hex[] =>
  levels.slice(0, -1).map((level, height) => level[Math.floor(leaf / 2 ** height) ^ 1]!);

/** Where a proof that starts at `place` leads with this subtree. */
export function fold({ first, height }: Place, { root, siblings }: ProvenRoot): Hex {
  let index = first / 2 ** height;
  for (const sibling of siblings) {
    root = index % 2 === 0 ? hashPair(root, sibling) : hashPair(sibling, root);
    index = Math.floor(index / 2);
  }
  return root;
}

/**
 * The siblings that open several disjoint subtrees at once, in the order in which Tree.root (Tree.sol) takes them, from
 * the siblings of each. The places ascend.
 */
export function joinSiblings(places: readonly Place[], siblings: readonly Hex[][]): Hex[] {
  const joined: Hex[] = [];
  places.forEach(({ first, height }, i) => {
    for (const [above, hash] of siblings[i]!.entries()) {
      const size = 2 ** (height + above);
      const sibling = Math.floor(first / size) + (Math.floor(first / size) % 2 === 0 ? 1 : -1);
      const holdsOther = places.some((other) => Math.floor(other.first / size) === sibling);
      if (holdsOther && sibling % 2 === 1) break;
      if (!holdsOther) joined.push(hash);
    }
  });
  return joined;
}
