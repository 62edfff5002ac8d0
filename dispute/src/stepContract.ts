import { readFile } from 'node:fs/promises';
import type { Address, Hex } from 'viem';
import type { ChainClient } from './anvil.js';
import { GasMeter } from './gasMeter.js';
import { deploy, transact } from './transaction.js';
import { UserError } from './userError.js';

/** What the contract says about one step; null where it rejects the witness. */
export interface StepResult {
  preState: Hex;
  postState: Hex;
}

export interface MeasuredStep {
  result: StepResult | null;
  /** Gas of the contract's own instructions. */
  executionGas: number;
}

/** Far above what any witness can cost, and below osaka's cap of 2^24 for a transaction. */
const gasLimit = 4_000_000;

/** Reads the creation code from an artifact of `forge build`. */
export async function readCreationCode(artifact: string): Promise<Hex> {
  let text: string;
  try {
    text = await readFile(artifact, 'utf8');
  } catch {
    throw new UserError(`${artifact}: cannot be read; build the contracts first (ninja contracts)`);
  }
  const code = (JSON.parse(text) as { bytecode?: { object?: Hex } }).bytecode?.object;
  if (!code || code === '0x') throw new UserError(`${artifact}: holds no bytecode; is it a forge artifact?`);
  return code;
}

/** The generated single-step interpreter, deployed on a chain. */
export class StepContract {
  private constructor(
    private readonly client: ChainClient,
    private readonly sender: Address,
    readonly address: Address,
    readonly deployGas: number,
    private readonly meter: GasMeter,
  ) {}

  static async deploy(client: ChainClient, creationCode: Hex): Promise<StepContract> {
    const [sender] = await client.getAddresses();
    if (!sender) throw new UserError('the chain has no unlocked account to deploy from');
    const { address, gas } = await deploy(client, sender, creationCode);
    const meter = await GasMeter.deploy(client, sender, address);
    return new StepContract(client, sender, address, gas, meter);
  }

  /** Executes one step without a transaction. */
  async step(calldata: Hex): Promise<MeasuredStep> {
    const { success, executionGas, output } = await this.meter.call(calldata);
    if (!success) return { result: null, executionGas };
    if (output.length !== 2 + 128) throw new Error(`the step contract returned ${output.length / 2 - 1} bytes, not 64`);
    return {
      result: { preState: `0x${output.slice(2, 66)}`, postState: `0x${output.slice(66)}` },
      executionGas,
    };
  }

  /** Sends a transaction that executes one step and returns the gas it used. */
  async transactionGas(calldata: Hex): Promise<number> {
    const request = { from: this.sender, to: this.address, data: calldata, gas: gasLimit };
    return (await transact(this.client, request)).gasUsed;
  }

  /** Length in bytes of the deployed code. */
  async codeSize(): Promise<number> {
    const code = await this.client.getCode({ address: this.address });
    return ((code ?? '0x').length - 2) / 2;
  }
}
