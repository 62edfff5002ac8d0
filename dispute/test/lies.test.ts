import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { contractsFolder } from '../src/command.js';
import { type Outcome, dispute } from '../src/demo/dispute.js';
import { type Lie, type LieKind, nodeLies, stateLies } from '../src/demo/lie.js';
import { Stage } from '../src/demo/stage.js';
import { skipWithout, sourceDir, testdata } from '../../test/node/support/project.js';
import { type Model, compileModel, digitsInput, digitsModel } from './support.js';

let stage: Stage;
const stops: (() => Promise<void>)[] = [];

before(async () => {
  stage = await Stage.open(contractsFolder);
});

after(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await stage.close();
});

async function compile(onnx: string, input: string, ...options: string[]): Promise<Model> {
  const model = await compileModel(onnx, input, ...options);
  stops.push(() => model.stop());
  return model;
}

async function checkLies({ requested, inputs, runs }: Model, lies: Lie[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const lie of lies) {
    const transcript: string[] = [];
    const say = (who: string) => (what: string) => void transcript.push(`${who}: ${what}`);
    const outcome = await dispute(stage, { requested, inputs, serverRuns: runs, challengerRuns: runs, lie }, say);
    const about = `${JSON.stringify(lie)}\n${transcript.join('\n')}`;
    assert.ok(outcome.honestWon, `the honest side wins: ${about}`);
    assert.ok(outcome.gain > 0n, `the honest side gains: ${about}`);
    outcomes.push(outcome);
  }
  return outcomes;
}

const sides = ['server', 'challenger'] as const;

/** Each kind on each side; nodes, and first, middle and last steps, in turn. */
async function liesAbout({ requested }: Model, kinds: readonly LieKind[]): Promise<Lie[]> {
  const { nodes } = requested.header;
  const lies: Lie[] = [];
  for (const kind of kinds)
    for (const by of sides) {
      const node = lies.length % nodes;
      const end = 2 ** (await requested.stepBits(node));
      const steps = [undefined, 0, (await requested.steps(node)) - 1, end - 1];
      const step = steps[Math.floor(lies.length / 2) % steps.length];
      lies.push({ by, node, kind, ...(step !== undefined && kind !== 'halt' && { step }) });
    }
  return lies;
}

test('lies about the digits model lose', async () => {
  const model = await compile(digitsModel, digitsInput);
  await checkLies(model, await liesAbout(model, [...stateLies, ...nodeLies]));
});

test('lies about nodes of the padding lose', async () => {
  const model = await compile(digitsModel, digitsInput);
  await checkLies(model, sides.flatMap((by) => [2, 9, 15].map((node) => ({ by, node, kind: 'register' as const }))));
});

test('lies about a model of one node lose', async () => {
  const model = await compile(digitsModel, digitsInput, '--phases=1');
  assert.equal(model.requested.header.nodeBits, 0);
  await checkLies(model, await liesAbout(model, [...stateLies, 'fails', 'operand', 'final']));
});

const mnist = 'mnist/mnist-8';

test('lies about mnist-8 lose', { skip: skipWithout(mnist) }, async () => {
  const model = await compile(testdata(`${mnist}/model.onnx`), testdata(`${mnist}/test_data_set_0/input_0.pb`));
  const outcomes = await checkLies(model, await liesAbout(model, [...stateLies, ...nodeLies, 'register']));
  for (const { gas } of outcomes) assert.ok(gas <= 1_200_000n, `a dispute about mnist-8 takes ${gas} gas`);
});

const snapshotFile = join(sourceDir, 'dispute', 'test', 'mnist-8-dispute.json');

/** A dispute about mnist-8, move by move, with the gas of each. */
async function measure({ requested, inputs, runs }: Model): Promise<{ who: string; what: string; gas: number }[]> {
  const moves: { who: string; what: string; gas: number }[] = [];
  const say = (who: string) => (what: string, facts: Record<string, unknown> = {}) => {
    if (facts['gas'] !== undefined && who !== 'result') moves.push({ who, what, gas: Number(facts['gas']) });
  };
  // The honest side makes the last move, about the halt, which is the same instruction in whatever the compiler makes of it.
  const lie = { by: 'challenger', node: 2, kind: 'register', step: (await requested.steps(2)) - 1 } as const;
  assert.ok((await dispute(stage, { requested, inputs, serverRuns: runs, challengerRuns: runs, lie }, say)).honestWon);
  return moves;
}

test('a dispute about mnist-8 takes the moves and the gas of the snapshot', { skip: skipWithout(mnist) }, async () => {
  const model = await compile(testdata(`${mnist}/model.onnx`), testdata(`${mnist}/test_data_set_0/input_0.pb`));
  const measured = await measure(model);
  if (process.env['OPML_UPDATE_SNAPSHOT'] === '1')
    await writeFile(snapshotFile, `[\n${measured.map((move) => `  ${JSON.stringify(move)}`).join(',\n')}\n]\n`);
  const committed = JSON.parse(await readFile(snapshotFile, 'utf8')) as typeof measured;
  const names = (moves: typeof measured) => moves.map(({ who, what }) => `${who} ${what}`);
  assert.deepEqual(names(measured), names(committed), 'if the change is meant, run again with OPML_UPDATE_SNAPSHOT=1');
  // Accounts are new in every run, and zero bytes in hashes and addresses are cheaper.
  for (const [i, { what, gas }] of measured.entries()) {
    const before = committed[i]!.gas;
    assert.ok(Math.abs(gas - before) <= before / 50, `${what} takes ${gas} gas; in the snapshot ${before}`);
  }
  const sum = measured.reduce((total, { gas }) => total + gas, 0);
  assert.ok(sum <= 1_200_000, `both sides together take ${sum} gas`);
  const limits: Record<string, number> = { divide: 52_000, enterNode: 200_000, executeStep: 110_000 };
  for (const { what, gas } of measured) assert.ok(gas <= (limits[what] ?? Infinity), `${what} takes ${gas} gas`);
});
