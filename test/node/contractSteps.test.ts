import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { arbitrate, withStepContract } from '../../dispute/src/arbitrate.js';
import { instructionClasses } from '../../dispute/src/gasReport.js';
import { readStepProofs } from '../../dispute/src/stepProof.js';
import { transactionLimits } from './support/gasLimits.js';
import { buildDir, nightly, runOk, skipWithout, sourceDir, temporaryFolder, testdata } from './support/project.js';
import { type Agreement, checkSteps } from './support/stepBatches.js';

const artifact = join(buildDir, 'contracts', 'MipsStep.sol', 'MipsStep.json');
const vectors = join(buildDir, 'vm', 'isa', 'Mips32.vectors.json');
const shownDifferences = 5;

/** Has the contract execute all steps that opml-vm-vectors proves; all must be equal. */
async function checkVectors(...args: string[]): Promise<Agreement> {
  const outcome = await checkSteps(artifact, 'opml-vm-vectors', [vectors, ...args]);
  assert.deepEqual(outcome.differences.slice(0, shownDifferences), [], 'contract and VM agree on every step');
  return outcome;
}

/** The mnemonics in the instruction reference, which is generated from the spec. */
async function specMnemonics(): Promise<string[]> {
  const reference = await readFile(join(sourceDir, 'docs', 'isa.md'), 'utf8');
  const count = Number(/^## The (\d+) instructions$/m.exec(reference)?.[1]);
  const names = Array.from(reference.matchAll(/^### (\S+)$/gm), (match) => match[1]!);
  assert.equal(names.length, count, 'the reference has a section for each instruction');
  return names;
}

test('contract and VM agree on every vector, and every instruction has some', async (t) => {
  const { steps, mnemonics } = await checkVectors();
  const missing = (await specMnemonics()).filter((name) => !mnemonics.has(name));
  assert.deepEqual(missing, [], 'no instruction of the spec is without a vector');
  t.diagnostic(`${steps} vectors of ${mnemonics.size - (mnemonics.has('reserved') ? 1 : 0)} instructions`);
});

test('contract and VM agree on sequences that other machines had wrong', async (t) => {
  const { steps } = await checkVectors('known-traps');
  assert.ok(steps > 100);
  t.diagnostic(`${steps} steps, with the outcomes that KnownTrapsTest checks`);
});

const rounds = nightly ? 5 : 1;
const leastStates = 1000 * rounds;

test(`contract and VM agree from ${leastStates} random and edge states of each instruction`, async (t) => {
  const { steps, mnemonics } = await checkVectors('instructions', String(rounds));
  const few = (await specMnemonics()).filter((name) => (mnemonics.get(name) ?? 0) < leastStates);
  assert.deepEqual(few, [], 'no instruction of the spec has fewer');
  t.diagnostic(`${steps} states of ${mnemonics.size - 1} instructions`);
});

const randomWords = nightly ? 15_000 : 3_000;

test(`contract and VM agree on ${randomWords} random words of each of three kinds`, async (t) => {
  const { steps, mnemonics } = await checkVectors('words', String(randomWords));
  assert.equal(steps, 3 * randomWords);
  const reserved = mnemonics.get('reserved') ?? 0;
  assert.ok(reserved > steps / 4 && reserved < (3 * steps) / 4, 'words of both sorts, valid and reserved');
  t.diagnostic(`${steps} words, ${reserved} of them reserved`);
});

const model = 'mnist/mnist-8/model.onnx';
const randomSteps = nightly ? 20_000 : 2_000;

test(`contract and VM agree on ${randomSteps} random steps of mnist-8`, { skip: skipWithout(model) }, async (t) => {
  const image = join(temporaryFolder(), 'mnist-8.opml');
  await runOk('opml-compile', [testdata(model), '-o', image]);
  const input = testdata('mnist/mnist-8/test_data_set_0/input_0.pb');
  const pick = ['--random', String(randomSteps), '--seed', '2', '--first-and-last'];
  const proofs = join(temporaryFolder(), 'proofs.jsonl');
  await writeFile(proofs, await runOk('opml-vm', ['prove', image, '--input', input, ...pick]));
  const { steps, mnemonics, gas, differences } = await withStepContract(artifact, (contract) =>
    arbitrate(contract, readStepProofs(proofs)),
  );
  assert.deepEqual(differences.slice(0, shownDifferences), [], 'contract and VM agree on every step');
  assert.ok(steps >= randomSteps);
  for (const line of [`${steps} steps, ${mnemonics.size} instructions`, ...gas.table().split('\n')]) t.diagnostic(line);
  for (const name of instructionClasses) assert.ok(gas.worstTransaction(name) <= transactionLimits[name], gas.table());
});
