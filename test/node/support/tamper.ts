import type { Address, Hex } from 'viem';
import { type ChainClient, rpc } from '../../../dispute/src/anvil.js';
import { compileYul } from './yul.js';

/** What became of the changed witnesses. */
export interface Outcomes {
  rejected: number;
  otherPreState: number;
  otherPostState: number;
  unnoticed: number;
}

/** Where the program's code is put for the time of a call. */
const program: Address = '0x000000000000000000000000000000000007a59e';

/** Calls have as much gas as a block. */
const stepsPerCall = 1500;

const word = (value: number | bigint): string => value.toString(16).padStart(64, '0');

/** Has a step contract execute witnesses that were tampered with. */
export class Tamperer {
  private readonly code = compileYul('tamper.yul');

  constructor(
    private readonly client: ChainClient,
    private readonly stepContract: Address,
  ) {}

  /** Changes each byte of the witness from `first` up to `end` by each of the masks, one at a time. */
  async flip(witness: Hex, first: number, end: number, masks: number[]): Promise<Outcomes> {
    const sum: Outcomes = { rejected: 0, otherPreState: 0, otherPostState: 0, unnoticed: 0 };
    const positions = Math.max(1, Math.floor(stepsPerCall / masks.length));
    for (let at = first; at < end; at += positions) {
      const header = [BigInt(this.stepContract), at, Math.min(at + positions, end), masks.length].map(word).join('');
      const data = `0x${header}${Buffer.from(masks).toString('hex')}${witness.slice(2)}`;
      const override = { [program]: { code: this.code } };
      const result = await rpc<Hex>(this.client, 'eth_call', { to: program, data }, 'latest', override);
      const counter = (index: number) => Number(`0x${result.slice(2 + 64 * index, 66 + 64 * index)}`);
      sum.rejected += counter(0);
      sum.otherPreState += counter(1);
      sum.otherPostState += counter(2);
      sum.unnoticed += counter(3);
    }
    return sum;
  }
}
