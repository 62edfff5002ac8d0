import { type Address, BaseError, type Hex, type PublicClient, type TransactionReceipt, decodeErrorResult, encodeDeployData, encodeFunctionData } from 'viem';
import type { Piece } from '../data/tensor.js';
import type { Move } from '../game/move.js';
import type { ModelHeader, Opening } from '../game/run.js';
import type { GameView } from '../game/state.js';
import { UserError } from '../userError.js';
import { opmlAbi } from './opmlAbi.js';
import { RevertError, type Sender } from './sender.js';
import type { JobView, Part } from './ledger.js';
import type { Terms } from './terms.js';

/** A model as `register` takes it. */
export interface Registration {
  header: ModelHeader;
  inputs: Hex[];
  outputs: Hex[];
}

type Write = Parameters<typeof encodeFunctionData<typeof opmlAbi>>[0];

export const statuses = ['none', 'open', 'answered', 'final', 'closed'] as const;

/** Deploys step contract and Opml, and returns Opml's address. */
export async function deployOpml(sender: Sender, mipsStep: Hex, opml: Hex): Promise<Address> {
  const create = async (data: Hex): Promise<Address> => {
    const { contractAddress } = await sender.send({ to: null, data });
    if (!contractAddress) throw new UserError('the contract was not deployed: its creation reverted');
    return contractAddress;
  };
  const step = await create(mipsStep);
  return create(encodeDeployData({ abi: opmlAbi, bytecode: opml, args: [step] }));
}

/** The deployed contract as one account uses it. */
export class Opml {
  constructor(
    readonly client: PublicClient,
    readonly address: Address,
    readonly sender: Sender,
  ) {}

  // What the chain knows.

  jobOf(jobId: Hex) {
    return this.client.readContract({ address: this.address, abi: opmlAbi, functionName: 'jobOf', args: [jobId] });
  }

  /** The demand that is not met and not given back; its demander is the zero address if there is none. */
  async demandOf(jobId: Hex, part: Part): Promise<{ demander: Address; attempt: number }> {
    const call = { functionName: 'demands', args: [jobId, part === 'inputs'] } as const;
    const [demander, , attempt] = await this.client.readContract({ address: this.address, abi: opmlAbi, ...call });
    return { demander, attempt };
  }

  balanceOf(account: Address): Promise<bigint> {
    return this.client.readContract({ address: this.address, abi: opmlAbi, functionName: 'balances', args: [account] });
  }

  async isRegistered(modelRoot: Hex): Promise<boolean> {
    try {
      await this.client.readContract({ address: this.address, abi: opmlAbi, functionName: 'modelOf', args: [modelRoot] });
      return true;
    } catch (error) {
      if (error instanceof BaseError && contractError(error)?.errorName === 'UnknownModel') return false;
      throw error;
    }
  }

  // What the account does. Each throws RevertError, with the contract's error, where the chain would refuse it.

  register({ header, inputs, outputs }: Registration) {
    return this.write({ functionName: 'register', args: [header, inputs, outputs] });
  }

  request(terms: Terms, inputs: Hex[], siblings: Hex[]) {
    return this.write({ functionName: 'request', args: [terms, inputs, siblings] }, terms.fee);
  }

  requestStored(terms: Terms, roots: Hex[], uri: string, siblings: Hex[]) {
    return this.write({ functionName: 'requestStored', args: [terms, roots, uri, siblings] }, terms.fee);
  }

  /** @param deposit What the publication costs at the fee cap, exactly; WrongPayment says how much that is. */
  demand(terms: Terms, part: Part, deposit: bigint) {
    return this.write({ functionName: 'demand', args: [terms, part === 'inputs'] }, deposit);
  }

  publish(terms: Terms, part: Part, roots: Hex[], piece: Piece) {
    return this.write({ functionName: 'publish', args: [terms, part === 'inputs', roots, piece] });
  }

  expire(terms: Terms, part: Part) {
    return this.write({ functionName: 'expire', args: [terms, part === 'inputs'] });
  }

  releaseDemand(jobId: Hex, part: Part) {
    return this.write({ functionName: 'releaseDemand', args: [jobId, part === 'inputs'] });
  }

  commit(jobId: Hex, commitment: Hex) {
    return this.write({ functionName: 'commit', args: [jobId, commitment] });
  }

  answer(terms: Terms, outputRoot: Hex, salt: Hex, outputs: Hex[]) {
    return this.write({ functionName: 'answer', args: [terms, outputRoot, salt, outputs] }, terms.bond);
  }

  challenge({ terms, attempt }: JobView, nonce: number, claim: Hex, outputs: Opening) {
    return this.write({ functionName: 'challenge', args: [terms, attempt, nonce, claim, outputs] }, terms.bond);
  }

  move(game: GameView, move: Move) {
    const position = this.position(game);
    switch (move.kind) {
      case 'divide':
        return this.write({ functionName: 'divide', args: [position, BigInt(move.pick), asSection(move.section)] });
      case 'enterNode': {
        const { revealed, proof, run, section } = move;
        return this.write({
          functionName: 'enterNode',
          args: [position, BigInt(move.pick), revealed, proof, run, asSection(section)],
        });
      }
      case 'showNode':
        return this.write({ functionName: 'showNode', args: [position, BigInt(move.pick), move.revealed, move.proof] });
      case 'executeStep':
        return this.write({
          functionName: 'executeStep',
          args: [position, BigInt(move.pick), move.revealed, move.witness],
        });
      case 'showEqualEnds':
        return this.write({ functionName: 'showEqualEnds', args: [position, move.revealed] });
    }
  }

  callTime(game: GameView) {
    return this.write({ functionName: 'callTime', args: [this.position(game)] });
  }

  reclaim(game: GameView) {
    return this.write({ functionName: 'reclaim', args: [this.position(game)] });
  }

  finalize(terms: Terms) {
    return this.write({ functionName: 'finalize', args: [terms] });
  }

  refund(terms: Terms) {
    return this.write({ functionName: 'refund', args: [terms] });
  }

  withdraw() {
    return this.write({ functionName: 'withdraw', args: [this.sender.address] });
  }

  private position({ jobId, packed, accumulator }: GameView) {
    return { jobId, game: packed, accumulator };
  }

  private async write(call: Omit<Write, 'abi'>, value = 0n): Promise<TransactionReceipt> {
    const data = encodeFunctionData({ abi: opmlAbi, ...call } as Write);
    try {
      const receipt = await this.sender.send({ to: this.address, data, value });
      if (receipt.status !== 'success') throw new RevertError(`${call.functionName} reverted in block ${receipt.blockNumber}`);
      return receipt;
    } catch (error) {
      if (!(error instanceof RevertError) || !(error.cause instanceof BaseError)) throw error;
      const { errorName, args = [] } = contractError(error.cause) ?? { errorName: error.message };
      const named = new RevertError(`${call.functionName}: ${errorName}`, { cause: error.cause });
      throw Object.assign(named, { errorName, errorArguments: args });
    }
  }
}

type Section = Extract<Write, { functionName: 'divide' }>['args'][2];

/** A list of 16 hashes, as the types of the ABI want it. */
function asSection(hashes: readonly Hex[]): Section {
  if (hashes.length !== 16) throw new Error(`a section of ${hashes.length} values`);
  return hashes as unknown as Section;
}

/** Which of the contract's errors a call ended with. */
function contractError(error: BaseError): { errorName: string; args?: readonly unknown[] | undefined } | null {
  const raw = error.walk((inner) => /^0x[0-9a-f]{8}/.test(String((inner as { data?: unknown }).data)));
  try {
    return decodeErrorResult({ abi: opmlAbi, data: (raw as { data?: Hex } | null)?.data ?? '0x' });
  } catch {
    // viem has decoded it already, or it is none of ours.
    const named = error.walk((inner) => (inner as { data?: { errorName?: string } }).data?.errorName !== undefined);
    return (named as { data?: { errorName: string; args?: unknown[] } } | null)?.data ?? null;
  }
}
