import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Address, Hex } from 'viem';
import { type ChainClient, rpc, startAnvil } from '../../../dispute/src/anvil.js';
import { StepContract, readCreationCode } from '../../../dispute/src/stepContract.js';
import type { StepProof } from '../../../dispute/src/stepProof.js';
import { tool } from './project.js';
import { compileYul } from './yul.js';

/** Where the driver's code is put for the time of a call. */
const driver: Address = '0x00000000000000000000000000000000000ba7c4';

let driverCode: Hex | undefined;

/** Calldata costs gas, of which a call has as much as a block. */
const batchBytes = 300_000;

const word = (value: number): string => value.toString(16).padStart(64, '0');

/** What a run of many steps came to. */
export interface Agreement {
  steps: number;
  /** One line for each step on which contract and VM differ. */
  differences: string[];
  /** How often each mnemonic was fetched; `reserved` also stands for steps that fetch nothing. */
  mnemonics: Map<string, number>;
}

/** In one call: about 30 µs a step, JSON included, where a call of its own takes ten times that. */
async function checkBatch(client: ChainClient, contract: StepContract, proofs: StepProof[], outcome: Agreement) {
  const steps = proofs.map(({ calldata }) => word(calldata.length / 2 - 1) + calldata.slice(2));
  const data = `0x${contract.address.slice(2).padStart(64, '0')}${steps.join('')}`;
  const override = { [driver]: { code: (driverCode ??= compileYul('stepBatches.yul')) } };
  const call = rpc<Hex>(client, 'eth_call', { to: driver, data }, 'latest', override);
  // The message would hold the request, a megabyte.
  const results = await call.catch((error: { details?: string }) => Promise.reject(new Error(`eth_call: ${error.details}`)));
  if (results.length !== 2 + 128 * proofs.length) throw new Error(`the driver returned ${results.length / 2 - 1} bytes`);
  for (const [i, proof] of proofs.entries()) {
    const result = results.slice(2 + 128 * i, 2 + 128 * (i + 1));
    if (result !== proof.preState.slice(2) + proof.postState.slice(2))
      outcome.differences.push(
        `step ${proof.step}, ${proof.mnemonic} at pc 0x${proof.pc.toString(16)}: ` +
          `the VM says ${proof.preState} -> ${proof.postState}, the contract ${result} on ${proof.calldata}`,
      );
    outcome.steps += 1;
    outcome.mnemonics.set(proof.mnemonic, (outcome.mnemonics.get(proof.mnemonic) ?? 0) + 1);
  }
}

/** The step proofs that a tool of the build prints, while it runs. */
async function* printedProofs(name: string, args: string[]): AsyncGenerator<StepProof> {
  const child = spawn(tool(name), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity }))
      yield JSON.parse(line) as StepProof;
    const code = await ended;
    if (code !== 0) throw new Error(`${name} ${args.join(' ')}: exit ${code}`);
  } finally {
    child.kill(); // It waits for a reader if this one has failed.
  }
}

/** Has the contract execute all steps that a tool of the build proves. */
export async function checkSteps(artifact: string, name: string, args: string[]): Promise<Agreement> {
  const outcome: Agreement = { steps: 0, differences: [], mnemonics: new Map() };
  const anvil = await startAnvil();
  try {
    const contract = await StepContract.deploy(anvil.client, await readCreationCode(artifact));
    let batch: StepProof[] = [];
    let bytes = 0;
    let running = Promise.resolve();
    const flush = async () => {
      const full = batch;
      [batch, bytes] = [[], 0];
      await running; // The chain executes one batch while the next one is read.
      running = checkBatch(anvil.client, contract, full, outcome);
      running.catch(() => {}); // Reported where it is awaited.
    };
    for await (const proof of printedProofs(name, args)) {
      batch.push(proof);
      bytes += proof.calldata.length / 2;
      if (bytes > batchBytes) await flush();
    }
    await flush();
    await running;
  } finally {
    await anvil.stop();
  }
  return outcome;
}
