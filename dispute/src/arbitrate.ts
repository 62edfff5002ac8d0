import { startAnvil } from './anvil.js';
import { GasReport } from './gasReport.js';
import { StepContract, readCreationCode } from './stepContract.js';
import type { StepProof } from './stepProof.js';

export interface Arbitration {
  steps: number;
  /** One line for each step on which contract and VM differ. */
  differences: string[];
  /** How often each mnemonic was executed. */
  mnemonics: Map<string, number>;
  gas: GasReport;
}

export interface ArbitrationOptions {
  /** Also send each step as a transaction, for the gas that this takes; on by default. */
  transactions?: boolean;
  /** Called after each step with the number of steps so far. */
  onStep?: (steps: number) => void;
}

/** Has the contract execute every step and compares both state hashes with the VM's. */
export async function arbitrate(
  contract: StepContract,
  proofs: AsyncIterable<StepProof> | Iterable<StepProof>,
  { transactions = true, onStep = () => {} }: ArbitrationOptions = {},
): Promise<Arbitration> {
  const done: Arbitration = { steps: 0, differences: [], mnemonics: new Map(), gas: new GasReport() };
  for await (const proof of proofs) {
    const { result, executionGas } = await contract.step(proof.calldata);
    const where = `node ${proof.node}, step ${proof.step}, ${proof.mnemonic} at pc 0x${proof.pc.toString(16)}`;
    if (result === null) done.differences.push(`${where}: the contract rejects the witness`);
    else if (result.preState !== proof.preState)
      done.differences.push(`${where}: pre-state ${result.preState}, the VM says ${proof.preState}`);
    else if (result.postState !== proof.postState)
      done.differences.push(`${where}: post-state ${result.postState}, the VM says ${proof.postState}`);
    else if (transactions)
      done.gas.add(proof.mnemonic, { executionGas, transactionGas: await contract.transactionGas(proof.calldata) });
    done.steps += 1;
    done.mnemonics.set(proof.mnemonic, (done.mnemonics.get(proof.mnemonic) ?? 0) + 1);
    onStep(done.steps);
  }
  return done;
}

/** Deploys the step contract on a fresh local chain, hands it to `use`, and stops the chain. */
export async function withStepContract<T>(artifact: string, use: (contract: StepContract) => Promise<T>): Promise<T> {
  const creationCode = await readCreationCode(artifact);
  const anvil = await startAnvil();
  try {
    return await use(await StepContract.deploy(anvil.client, creationCode));
  } finally {
    await anvil.stop();
  }
}
