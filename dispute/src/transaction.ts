import { type Address, type Hex, type RpcTransactionReceipt, hexToNumber, numberToHex } from 'viem';
import { type ChainClient, rpc } from './anvil.js';
import { UserError } from './userError.js';

export interface TransactionRequest {
  from: Address;
  /** Absent in a transaction that creates a contract. */
  to?: Address;
  data: Hex;
  gas?: number;
}

export interface Receipt {
  succeeded: boolean;
  gasUsed: number;
  contractAddress: Address | null;
}

const pollMs = 1;
const timeoutMs = 60_000;

/**
 * Sends a transaction from an unlocked account and returns its receipt, reverted or not. The chain mines at once, so
 * asking again quickly is cheap; viem's own wait counts blocks, and misses one mined before it began to watch.
 */
export async function transact(client: ChainClient, { gas, ...rest }: TransactionRequest): Promise<Receipt> {
  const request = gas === undefined ? rest : { ...rest, gas: numberToHex(gas) };
  const hash = await rpc<Hex>(client, 'eth_sendTransaction', request);
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; ) {
    const receipt = await rpc<RpcTransactionReceipt | null>(client, 'eth_getTransactionReceipt', hash);
    if (receipt)
      return {
        succeeded: receipt.status === '0x1',
        gasUsed: hexToNumber(receipt.gasUsed),
        contractAddress: receipt.contractAddress ?? null,
      };
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new UserError(`transaction ${hash} was not mined within ${timeoutMs / 1000} s; is the chain mining?`);
}

/** Creates a contract and returns its address and what that took. Fails if its creation reverts. */
export async function deploy(client: ChainClient, from: Address, creationCode: Hex) {
  const receipt = await transact(client, { from, data: creationCode });
  if (!receipt.succeeded || !receipt.contractAddress)
    throw new UserError('the contract was not deployed: its creation reverted');
  return { address: receipt.contractAddress, gas: receipt.gasUsed };
}
