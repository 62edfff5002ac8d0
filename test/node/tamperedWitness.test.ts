import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Hex } from 'viem';
import { type Anvil, startAnvil } from '../../dispute/src/anvil.js';
import { type InstructionClass, instructionClass, instructionClasses } from '../../dispute/src/gasReport.js';
import { StepContract, readCreationCode } from '../../dispute/src/stepContract.js';
import type { StepProof } from '../../dispute/src/stepProof.js';
import { buildDir, nightly, runOk, sourceDir, temporaryFolder } from './support/project.js';
import { Tamperer } from './support/tamper.js';

/** Each bit of each byte, and all of them; in the long set each byte becomes each other one. */
const masks = nightly ? Array.from({ length: 255 }, (_, i) => i + 1) : [1, 2, 4, 8, 16, 32, 64, 128, 255];
const stateBytes = 208;

let anvil: Anvil;
let contract: StepContract;
let tamperer: Tamperer;
let digits: string[];
const examples = new Map<InstructionClass, StepProof>();

before(async () => {
  anvil = await startAnvil();
  contract = await StepContract.deploy(anvil.client, await readCreationCode(join(buildDir, 'contracts', 'MipsStep.sol', 'MipsStep.json')));
  tamperer = new Tamperer(anvil.client, contract.address);
  const image = join(temporaryFolder(), 'digits.opml');
  await runOk('opml-compile', [join(sourceDir, 'models', 'digits.onnx'), '-o', image]);
  digits = [image, '--input', join(sourceDir, 'models', 'digits', '7.npy')];
  const lines = await runOk('opml-vm', ['prove', ...digits, '--random', '3000', '--seed', '5', '--first-and-last']);
  for (const line of lines.trim().split('\n')) {
    const proof = JSON.parse(line) as StepProof;
    examples.set(instructionClass(proof.mnemonic), proof);
  }
});
after(() => anvil.stop());

/** Nothing that is done to one byte makes the contract say what it says of the honest witness, or contradict it. */
async function checkTampered(proof: StepProof): Promise<void> {
  const { result } = await contract.step(proof.calldata);
  assert.deepEqual(result, { preState: proof.preState, postState: proof.postState }, 'the honest witness is accepted');
  const size = proof.calldata.length / 2 - 1;
  const proofs = await tamperer.flip(proof.calldata, stateBytes, size, masks);
  const all = masks.length * (size - stateBytes);
  assert.deepEqual(proofs, { rejected: all, otherPreState: 0, otherPostState: 0, unnoticed: 0 }, 'a changed proof is rejected');
  const state = await tamperer.flip(proof.calldata, 0, stateBytes, masks);
  assert.equal(state.rejected + state.otherPreState, masks.length * stateBytes, JSON.stringify(state));
  assert.ok(state.otherPreState > 0, 'another state that has the same proofs is another pre-state');
}

for (const name of instructionClasses)
  test(`no byte of a witness of the class ${name} can be changed`, async () => {
    const proof = examples.get(name);
    assert.ok(proof, 'the run has such a step');
    await checkTampered(proof);
  });

test('no byte of the witness of a halted machine can be changed', async () => {
  const last = examples.get('syscall')!;
  const step = String(last.step + 1);
  const halted = JSON.parse(await runOk('opml-vm', ['prove', ...digits, '--node', String(last.node), '--step', step])) as StepProof;
  assert.equal(halted.calldata.length, 2 + 2 * stateBytes, 'it has no proofs');
  assert.equal(halted.preState, halted.postState);
  await checkTampered(halted);
});

test('a witness whose bytes were not changed is noticed to be the same', async () => {
  const { calldata } = examples.get('ALU')!;
  assert.deepEqual(await tamperer.flip(calldata, 0, 3, [0]), { rejected: 0, otherPreState: 0, otherPostState: 0, unnoticed: 3 });
  const wrong: Hex = `${calldata.slice(0, -2) as Hex}${calldata.endsWith('00') ? '01' : '00'}`;
  await assert.rejects(tamperer.flip(wrong, 0, 1, [0]), 'what the contract rejects has no outcome to compare with');
});
