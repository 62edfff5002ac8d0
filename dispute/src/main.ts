#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { arbitrate, withStepContract } from './arbitrate.js';
import { readStepProofs } from './stepProof.js';
import { UserError, runTool } from './userError.js';

const usage = `usage: opml-dispute arbitrate [--artifact FILE.json] [PROOFS.jsonl]

Has the step contract execute steps on a local chain (anvil, hard fork osaka) and compares its state
hashes with the VM's. PROOFS.jsonl is what opml-vm prove writes, by default standard input.
Prints gas per instruction class. Exits with 0 only if all steps are equal.

  --artifact FILE.json   the compiled step contract, by default the one of this build
  --help                 this text`;

/** Beside this file's build tree, where the build puts what forge compiles. */
const defaultArtifact = fileURLToPath(new URL('../../../contracts/MipsStep.sol/MipsStep.json', import.meta.url));

const shownDifferences = 10;

async function arbitrateCommand(artifact: string, file: string): Promise<number> {
  const onStep = (steps: number) => {
    if (process.stderr.isTTY && steps % 20 === 0) process.stderr.write(`\r${steps} steps`);
  };
  const { steps, differences, gas } = await withStepContract(artifact, async (contract) => {
    console.log(`step contract: ${await contract.codeSize()} bytes (limit 24576), deployed for ${contract.deployGas} gas`);
    return arbitrate(contract, readStepProofs(file), { onStep });
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (steps === 0) throw new UserError('no step to execute: the input is empty');
  console.log(gas.table());
  for (const difference of differences.slice(0, shownDifferences)) console.error(`error: ${difference}`);
  console.log(`${steps - differences.length} of ${steps} steps equal on contract and VM`);
  return differences.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { artifact: { type: 'string', default: defaultArtifact }, help: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}; see opml-dispute --help`);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [command, file = '-', ...rest] = positionals;
  if (command !== 'arbitrate' || rest.length > 0)
    throw new UserError(`expected the command arbitrate and at most one file; see opml-dispute --help`);
  return arbitrateCommand(values.artifact!, file);
}

await runTool(main);
