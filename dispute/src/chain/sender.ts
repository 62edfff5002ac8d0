import { type Address, BaseError, type Hex, type LocalAccount, type PublicClient, RpcRequestError, type TransactionReceipt, keccak256 } from 'viem';
import { UserError } from '../userError.js';

export interface Call {
  to: Address | null;
  data: Hex;
  value?: bigint;
}

export interface SenderOptions {
  /** Wei per gas that is not exceeded. */
  feeCap?: bigint;
  /** A transaction that has not been mined after this time is sent again, dearer. */
  resendAfterMs?: number;
  pollMs?: number;
  say?: (line: string) => void;
}

/** The call would revert, so nothing was sent; or it did. */
export class RevertError extends Error {
  /** The contract's error, where it is known which. */
  errorName?: string;
  errorArguments: readonly unknown[] = [];
}

/** Nodes take a replacement only if it pays at least a tenth more. */
const bump = (fee: bigint): bigint => (fee * 5n) / 4n + 1n;
const tip = 1_000_000_000n;
/** Sent transactions that are remembered, to send them again when a re-organisation has removed them. */
const remembered = 64;

/** Sends an account's transactions one after the other, each until it is mined. */
export class Sender {
  private queue: Promise<unknown> = Promise.resolve();
  private readonly sent = new Map<number, Hex>();
  private readonly options: Required<SenderOptions>;
  private chainId: number | undefined;
  gasUsed = 0n;
  feesPaid = 0n;

  constructor(
    readonly client: PublicClient,
    readonly account: LocalAccount,
    options: SenderOptions = {},
  ) {
    this.options = { feeCap: 500_000_000_000n, resendAfterMs: 30_000, pollMs: 500, say: () => {}, ...options };
  }

  get address(): Address {
    return this.account.address;
  }

  /** Sends the call when those before it are mined. Throws RevertError where the chain says that it would revert. */
  send(call: Call): Promise<TransactionReceipt> {
    const sent = this.queue.then(() => this.sendNow(call));
    this.queue = sent.catch(() => {});
    return sent;
  }

  private async sendNow(call: Call): Promise<TransactionReceipt> {
    const [gas, nonce, block] = await Promise.all([
      this.estimate(call),
      this.client.getTransactionCount({ address: this.address }),
      this.client.getBlock(),
    ]);
    this.chainId ??= await this.client.getChainId();
    const { feeCap } = this.options;
    let fee = 2n * (block.baseFeePerGas ?? 0n) + tip;
    for (const hashes: Hex[] = []; ; fee = bump(fee)) {
      if (fee > feeCap) {
        if (hashes.length === 0) this.options.say(`gas is dearer than ${feeCap} wei; sending at that price`);
        fee = feeCap;
      }
      const raw = await this.account.signTransaction({
        type: 'eip1559',
        chainId: this.chainId,
        nonce,
        gas,
        maxFeePerGas: fee,
        maxPriorityFeePerGas: fee < tip ? fee : tip + fee / 10n < fee ? tip + fee / 10n : fee,
        data: call.data,
        value: call.value ?? 0n,
        ...(call.to && { to: call.to }),
      });
      this.remember(nonce, raw);
      hashes.push(keccak256(raw));
      await this.broadcast(raw);
      const receipt = await this.waitForOne(hashes, nonce);
      if (receipt) return this.count(receipt);
      this.options.say(`transaction ${hashes.at(-1)} is not mined; sending it again, dearer`);
    }
  }

  private count(receipt: TransactionReceipt): TransactionReceipt {
    this.gasUsed += receipt.gasUsed;
    this.feesPaid += receipt.gasUsed * receipt.effectiveGasPrice;
    return receipt;
  }

  private async estimate({ to, data, value = 0n }: Call): Promise<bigint> {
    try {
      const gas = await this.client.estimateGas({ account: this.account, to, data, value });
      // A little more, since the state may have changed when it is mined; osaka's cap is 2^24.
      const roomy = (gas * 11n) / 10n;
      return roomy < 1n << 24n ? roomy : 1n << 24n;
    } catch (error) {
      if (error instanceof BaseError && isRevert(error)) throw new RevertError(error.shortMessage, { cause: error });
      throw error;
    }
  }

  private remember(nonce: number, raw: Hex): void {
    this.sent.set(nonce, raw);
    this.sent.delete(nonce - remembered);
  }

  /**
   * A node that knows the transaction, or a better one of its nonce, says so by an error; and one whose base fee has
   * outrun it, which is cured as if it had waited in vain.
   */
  private async broadcast(raw: Hex): Promise<void> {
    try {
      await this.client.sendRawTransaction({ serializedTransaction: raw });
    } catch (error) {
      const text = error instanceof BaseError ? `${error.shortMessage} ${error.details}` : String(error);
      if (/already known|already imported|nonce too low|underpriced|less than block base fee/i.test(text)) return;
      if (error instanceof BaseError && error.walk((cause) => cause instanceof RpcRequestError))
        throw new UserError(`the chain refuses a transaction of ${this.address}: ${text.trim()}`);
      throw error;
    }
  }

  /** The receipt of whichever of these is mined, or null if it takes too long. */
  private async waitForOne(hashes: readonly Hex[], nonce: number): Promise<TransactionReceipt | null> {
    for (const deadline = Date.now() + this.options.resendAfterMs; ; ) {
      for (const hash of hashes) {
        const receipt = await this.client.getTransactionReceipt({ hash }).catch(() => null);
        if (receipt) return receipt;
      }
      if (Date.now() > deadline) return null;
      await this.fillGap(nonce);
      await new Promise((resolve) => setTimeout(resolve, this.options.pollMs));
    }
  }

  /** A re-organisation may have removed an earlier transaction, without which this one cannot be mined. */
  private async fillGap(nonce: number): Promise<void> {
    const next = await this.client.getTransactionCount({ address: this.address });
    for (let missing = next; missing < nonce; ++missing) {
      const raw = this.sent.get(missing);
      if (raw) await this.broadcast(raw);
    }
  }
}

function isRevert(error: BaseError): boolean {
  const text = `${error.shortMessage} ${error.details}`;
  return /revert/i.test(text);
}
