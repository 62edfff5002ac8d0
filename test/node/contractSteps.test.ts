import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type ArbitrationOptions, arbitrate, withStepContract } from '../../dispute/src/arbitrate.js';
import type { InstructionClass } from '../../dispute/src/gasReport.js';
import { readStepProofs } from '../../dispute/src/stepProof.js';
import { buildDir, nightly, runOk, skipWithout, sourceDir, temporaryFolder, testdata } from './support/project.js';

const artifact = join(buildDir, 'contracts', 'MipsStep.sol', 'MipsStep.json');
const shownDifferences = 5;

/** Has the contract execute all steps that a tool of the build proves; all must be equal. */
async function checkSteps(tool: string, args: string[], options: ArbitrationOptions = {}) {
  const file = join(temporaryFolder(), 'proofs.jsonl');
  await writeFile(file, await runOk(tool, args));
  const outcome = await withStepContract(artifact, (contract) => arbitrate(contract, readStepProofs(file), options));
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

const vectors = join(buildDir, 'vm', 'isa', 'Mips32.vectors.json');

test('contract and VM agree on every vector, and every instruction has some', async (t) => {
  const { steps, mnemonics } = await checkSteps('opml-vm-vectors', [vectors], { transactions: false });
  const missing = (await specMnemonics()).filter((name) => !mnemonics.has(name));
  assert.deepEqual(missing, [], 'no instruction of the spec is without a vector');
  t.diagnostic(`${steps} vectors of ${mnemonics.size - (mnemonics.has('reserved') ? 1 : 0)} instructions`);
});

const randomStates = nightly ? 100_000 : 5_000;

test(`contract and VM agree on ${randomStates} random states, also odd ones`, async () => {
  await checkSteps('opml-vm-vectors', [vectors, String(randomStates), '3'], { transactions: false });
});

const model = 'mnist/mnist-8/model.onnx';
const randomSteps = nightly ? 20_000 : 2_000;

test(`contract and VM agree on ${randomSteps} random steps of mnist-8`, { skip: skipWithout(model) }, async (t) => {
  const image = join(temporaryFolder(), 'mnist-8.opml');
  await runOk('opml-compile', [testdata(model), '-o', image]);
  const input = testdata('mnist/mnist-8/test_data_set_0/input_0.pb');
  const pick = ['--random', String(randomSteps), '--seed', '2', '--first-and-last'];
  const { steps, mnemonics, gas } = await checkSteps('opml-vm', ['prove', image, '--input', input, ...pick]);
  assert.ok(steps >= randomSteps);
  for (const line of [`${steps} steps, ${mnemonics.size} instructions`, ...gas.table().split('\n')]) t.diagnostic(line);
  const worst = (names: InstructionClass[]) => Math.max(...names.map((name) => gas.worstTransaction(name)));
  assert.ok(worst(['ALU', 'mul/div', 'branch/jump', 'syscall']) <= 52_000, gas.table());
  assert.ok(worst(['load', 'store']) <= 75_000, gas.table());
});
