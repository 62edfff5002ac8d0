import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stopwatch, partOf } from '../src/oracle/stopwatch.js';

function question(): { answer: Promise<void>; give: () => void } {
  let give = () => {};
  const answer = new Promise<void>((resolve) => (give = resolve));
  return { answer, give };
}

test('who waits for several answers at once waits once', async () => {
  let now = 0;
  const watch = new Stopwatch(() => now);
  const [first, second, machine] = [question(), question(), question()];
  const asked = [watch.time('contexts', first.answer)];
  now = 10;
  asked.push(watch.time('contexts', second.answer), watch.time('machines', machine.answer));
  now = 30;
  first.give();
  await asked[0];
  assert.equal(watch.milliseconds('contexts'), 0); // one is still open
  now = 35;
  second.give();
  await asked[1];
  assert.equal(watch.milliseconds('contexts'), 35);
  now = 100;
  machine.give();
  await asked[2];
  assert.equal(watch.milliseconds('machines'), 90);
});

test('time goes by also for what is answered with an error', async () => {
  let now = 0;
  const watch = new Stopwatch(() => now);
  const refused = watch.time('machines', Promise.reject(new Error('no')));
  now = 7;
  await assert.rejects(refused, /no/);
  assert.equal(watch.milliseconds('machines'), 7);
});

test('states and steps are of machines, roots of contexts', () => {
  assert.deepEqual(['context', 'value', 'node', 'section', 'slots', 'witness'].map(partOf), [
    'contexts', 'contexts', 'contexts', 'machines', 'machines', 'machines',
  ]);
});
