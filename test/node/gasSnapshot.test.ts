import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withStepContract } from '../../dispute/src/arbitrate.js';
import { type InstructionClass, instructionClass } from '../../dispute/src/gasReport.js';
import type { StepContract } from '../../dispute/src/stepContract.js';
import { buildDir, sourceDir } from './support/project.js';
import { type Example, witness } from './support/witness.js';

const artifact = join(buildDir, 'contracts', 'MipsStep.sol', 'MipsStep.json');
const snapshotFile = join(sourceDir, 'solidity-gen', 'contracts', 'gas-snapshot.json');
const update = process.env['OPML_UPDATE_SNAPSHOT'] === '1';

/** Those at which DESIGN.md's hand-written prototype was measured: 64 KiB of code, 1 MiB of memory. */
const depths = { code: 11, memory: 15 };

const [v0, t0, t1] = [2, 8, 9];
const address = 0x54320;
const access = (word: number): Example => ({ word, gpr: { [t0]: address }, address });

/** Representatives of every class: rs = $t0, rt = $t1, rd = $t2, encoded by the MIPS manual. */
const examples: Record<string, Example> = {
  addu: { word: 0x01095021 },
  addiu: { word: 0x250a0001 },
  sltu: { word: 0x0109502b },
  sll: { word: 0x00095140 },
  clz: { word: 0x710a5020 },
  mult: { word: 0x01090018 },
  mul: { word: 0x71095002 },
  div: { word: 0x0109001a },
  divu: { word: 0x0109001b },
  beq: { word: 0x11090003, gpr: { [t0]: 7, [t1]: 7 } },
  jal: { word: 0x0c000100 },
  jr: { word: 0x01000008, gpr: { [t0]: 0x400 } },
  lw: access(0x8d090000),
  lb: access(0x81090000),
  lwl: access(0x89090000),
  sw: access(0xad090000),
  sb: access(0xa1090000),
  swr: access(0xb9090000),
  syscall: { word: 0x0000000c, gpr: { [v0]: 4001 } },
};

/** Optimism's 32-bit Cannon step measured the same way takes 101,000 to 103,000. */
const limits: Record<InstructionClass, number> = {
  ALU: 52_000,
  'mul/div': 52_000,
  'branch/jump': 52_000,
  load: 75_000,
  store: 75_000,
  syscall: 52_000,
};

interface Snapshot {
  depths: { code: number; memory: number };
  codeSize: number;
  deployGas: number;
  steps: Record<string, { transactionGas: number; executionGas: number }>;
}

async function measure(contract: StepContract): Promise<Snapshot> {
  const steps: Snapshot['steps'] = {};
  for (const [mnemonic, example] of Object.entries(examples)) {
    const calldata = witness(example, depths);
    const { result, executionGas } = await contract.step(calldata);
    assert.ok(result, `${mnemonic}: the witness is accepted`);
    assert.notEqual(result.postState, result.preState, `${mnemonic}: the step changes the state`);
    steps[mnemonic] = { transactionGas: await contract.transactionGas(calldata), executionGas };
  }
  return { depths, codeSize: await contract.codeSize(), deployGas: contract.deployGas, steps };
}

test('gas of steps is what the snapshot says, and within the limits', async () => {
  const measured = await withStepContract(artifact, measure);
  for (const [mnemonic, { transactionGas }] of Object.entries(measured.steps))
    assert.ok(transactionGas <= limits[instructionClass(mnemonic)], `${mnemonic} takes ${transactionGas} gas`);
  if (update) await writeFile(snapshotFile, `${JSON.stringify(measured, null, 2)}\n`);
  const committed = JSON.parse(await readFile(snapshotFile, 'utf8')) as Snapshot;
  assert.deepEqual(measured, committed, 'if the change is meant, run again with OPML_UPDATE_SNAPSHOT=1');
});
