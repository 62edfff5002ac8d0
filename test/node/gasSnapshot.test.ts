import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withStepContract } from '../../dispute/src/arbitrate.js';
import { type GasSample, instructionClass } from '../../dispute/src/gasReport.js';
import type { StepContract } from '../../dispute/src/stepContract.js';
import { executionLimit, transactionLimits } from './support/gasLimits.js';
import { buildDir, sourceDir } from './support/project.js';
import { type Example, witness } from './support/witness.js';

const artifact = join(buildDir, 'contracts', 'MipsStep.sol', 'MipsStep.json');
const vectorFile = join(buildDir, 'vm', 'isa', 'Mips32.vectors.json');
const snapshotFile = join(sourceDir, 'solidity-gen', 'contracts', 'gas-snapshot.json');
const update = process.env['OPML_UPDATE_SNAPSHOT'] === '1';

/** Those at which DESIGN.md's hand-written prototype was measured: 64 KiB of code, 1 MiB of memory. */
const depths = { code: 11, memory: 15 };

/** What is used here of a vector that opml-isa-gen --emit=vectors wrote. */
interface Vector {
  name: string;
  word: number;
  pre: { gpr: number[] };
  post?: { cause: number };
}

/** The instruction of a hand-worked vector with its operands and `$v0`; other registers hold no zero bytes. */
function example({ word, pre, post }: Vector, accesses: boolean): Example {
  const base = (word >>> 21) & 31;
  const operands = [2, base, (word >>> 16) & 31].filter((number) => number !== 0);
  const gpr = Object.fromEntries(operands.map((number) => [number, pre.gpr[number]!]));
  if (!accesses || post!.cause !== 0) return { word, gpr };
  return { word, gpr, address: (pre.gpr[base]! + ((word << 16) >> 16)) >>> 0 };
}

interface Snapshot {
  depths: { code: number; memory: number };
  codeSize: number;
  deployGas: number;
  /** The most that any of an instruction's hand-worked vectors takes. */
  steps: Record<string, GasSample>;
}

async function measure(contract: StepContract): Promise<Snapshot> {
  const { vectors } = JSON.parse(await readFile(vectorFile, 'utf8')) as { vectors: Vector[] };
  const steps: Snapshot['steps'] = {};
  for (const vector of vectors.filter(({ post }) => post)) {
    const mnemonic = vector.name.split('/')[0]!;
    const accesses = ['load', 'store'].includes(instructionClass(mnemonic));
    const calldata = witness(example(vector, accesses), depths);
    const { result, executionGas } = await contract.step(calldata);
    assert.ok(result, `${vector.name}: the witness is accepted`);
    assert.notEqual(result.postState, result.preState, `${vector.name}: the step changes the state`);
    const transactionGas = await contract.transactionGas(calldata);
    const most = (steps[mnemonic] ??= { transactionGas, executionGas });
    most.transactionGas = Math.max(most.transactionGas, transactionGas);
    most.executionGas = Math.max(most.executionGas, executionGas);
  }
  return { depths, codeSize: await contract.codeSize(), deployGas: contract.deployGas, steps };
}

/** As JSON, with a line for each instruction. */
function print(snapshot: Snapshot): string {
  const text = JSON.stringify(snapshot, null, 2);
  return `${text.replace(/\{\s*("transactionGas": \d+,)\s*("executionGas": \d+)\s*\}/g, '{ $1 $2 }')}\n`;
}

test('gas of every instruction is what the snapshot says, and within the limits', async () => {
  const measured = await withStepContract(artifact, measure);
  for (const [mnemonic, { transactionGas, executionGas }] of Object.entries(measured.steps)) {
    const limit = transactionLimits[instructionClass(mnemonic)];
    assert.ok(transactionGas <= limit, `${mnemonic} takes ${transactionGas} gas, more than ${limit}`);
    assert.ok(executionGas <= executionLimit, `${mnemonic} takes ${executionGas} gas, more than ${executionLimit}`);
  }
  if (update) await writeFile(snapshotFile, print(measured));
  const committed = JSON.parse(await readFile(snapshotFile, 'utf8')) as Snapshot;
  assert.deepEqual(measured, committed, 'if the change is meant, run again with OPML_UPDATE_SNAPSHOT=1');
});
