import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusals } from '../src/roles/refusals.js';

test('what was refused is tried again after a minute', () => {
  const refusals = new Refusals();
  assert.equal(refusals.isFresh('move', 1000), false);
  refusals.add('move', 1000);
  assert.equal(refusals.isFresh('move', 1059), true);
  assert.equal(refusals.isFresh('another', 1000), false);
  assert.equal(refusals.isFresh('move', 1060), false);
});
