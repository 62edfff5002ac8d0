import { arbitrate, withStepContract } from './arbitrate.js';
import { type Arguments, contractsFolder, parseArguments } from './command.js';
import { readStepProofs } from './stepProof.js';
import { UserError } from './userError.js';

const usage = `usage: opml-dispute arbitrate [--artifact FILE.json] [PROOFS.jsonl]

Has the step contract execute steps on a local chain (anvil, hard fork osaka) and compares its state
hashes with the VM's. PROOFS.jsonl is what opml-vm prove writes, by default standard input.
Prints gas per instruction class. Exits with 0 only if all steps are equal.

  --artifact FILE.json   the compiled step contract, by default the one of this build
  --help                 this text`;

const shownDifferences = 10;

async function run({ values, positionals }: Arguments): Promise<number> {
  const [file = '-', ...rest] = positionals;
  if (rest.length > 0) throw new UserError('expected at most one file; see opml-dispute arbitrate --help');
  const artifact = (values['artifact'] as string | undefined) ?? `${contractsFolder}/MipsStep.sol/MipsStep.json`;
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

export const arbitrateCommand = {
  summary: 'steps of a run on the step contract against the VM',
  run: (args: string[]) => parseArguments('arbitrate', args, usage, { artifact: { type: 'string' } }, run),
};
