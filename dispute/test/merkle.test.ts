import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Hex, toHex } from 'viem';
import { type Place, fold, hashPair, joinSiblings, levelsOf, rootOf, siblingsOf } from '../src/game/merkle.js';

const leaves: Hex[] = Array.from({ length: 16 }, (_, i) => toHex(i + 1, { size: 32 }));
const levels = levelsOf(leaves);

test('every leaf leads to the root by its siblings', () => {
  for (const [first, root] of leaves.entries())
    assert.equal(fold({ first, height: 0 }, { root, siblings: siblingsOf(levels, first) }), rootOf(leaves));
});

/** Reads a joined proof as its definition has it: of each subtree, what no other subtree is in, going up. */
function rootOfJoined(places: readonly Place[], siblings: readonly Hex[]): Hex {
  const rest = [...siblings];
  const covers = (first: number, size: number) => places.filter((place) => place.first >= first && place.first < first + size);
  const known = new Map<string, Hex>();
  const climb = (place: Place): void => {
    let { first, height } = place;
    let hash = levels[height]![first / 2 ** height]!;
    for (; height < 4; ++height) {
      const size = 2 ** height;
      const isLeft = (first / size) % 2 === 0;
      const sibling = isLeft ? first + size : first - size;
      if (covers(sibling, size).length === 0) hash = isLeft ? hashPair(hash, rest.shift()!) : hashPair(rest.shift()!, hash);
      else if (isLeft) return void known.set(`${first} ${height}`, hash);
      else hash = hashPair(known.get(`${sibling} ${height}`)!, hash);
      first = isLeft ? first : sibling;
    }
    known.set('root', hash);
  };
  for (const place of places) climb(place);
  assert.equal(rest.length, 0, 'all siblings are used');
  return known.get('root')!;
}

/** All ways to choose disjoint subtrees from `first` on. */
function* choices(first: number): Generator<Place[]> {
  if (first === 16) return yield [];
  for (const rest of choices(first + 1)) yield rest;
  for (let height = 0; height <= 2 && first % 2 ** height === 0; ++height)
    for (const rest of choices(first + 2 ** height)) yield [{ first, height }, ...rest];
}

test('subtrees opened together lead to the root', () => {
  let count = 0;
  for (const places of choices(0)) {
    // One in many: there are some hundred thousand.
    if (places.length === 0 || count++ % 199 !== 0) continue;
    const siblings = places.map(({ first, height }) => siblingsOf(levels.slice(height), first / 2 ** height));
    assert.equal(rootOfJoined(places, joinSiblings(places, siblings)), rootOf(leaves));
  }
  assert.ok(count > 1000);
});
