import type { Address, Hex } from 'viem';

/** What a job is about and under which conditions: Terms.sol. */
export interface Terms {
  modelRoot: Hex;
  start: Hex;
  inputRoot: Hex;
  requester: Address;
  server: Address;
  fee: bigint;
  bond: bigint;
  feeCap: bigint;
  answerPeriod: number;
  window: number;
  clock: number;
  publishPeriod: number;
  callbackGas: number;
  nonce: bigint;
}
