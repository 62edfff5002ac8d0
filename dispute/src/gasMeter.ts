import type { Address, Hex } from 'viem';
import { type ChainClient, rpc } from './anvil.js';
import { deploy } from './transaction.js';

/**
 * Runtime code of a contract that passes its calldata on to `target` and returns
 * `gas (32 bytes) ‖ success (32 bytes) ‖ what target returned`.
 */
function meterCode(target: Address): Hex {
  return `0x${[
    '36 5f 5f 37', //             calldatacopy(0, 0, calldatasize())
    '5a', //                      gasBefore := gas()
    '5f 5f 36 5f', //             retSize := 0, retOffset := 0, inSize := calldatasize(), inOffset := 0
    `73 ${target.slice(2)}`, //   target
    '5a fa', //                   success := staticcall(gas(), …)
    '5a', //                      gasAfter := gas()
    '90 60 20 52', //             mstore(32, success)
    '90 03 5f 52', //             mstore(0, gasBefore - gasAfter)
    '3d 5f 60 40 3e', //          returndatacopy(64, 0, returndatasize())
    '3d 60 40 01 5f f3', //       return(0, returndatasize() + 64)
  ]
    .join('')
    .replaceAll(' ', '')}`;
}

/** Gas between the two readings that is not the callee's: four pushes and calldatasize, an address, the call itself. */
const overhead = 2 + 2 + 2 + 2 + 3 + 2 + 2600 + 2;

export interface Metered {
  success: boolean;
  executionGas: number;
  output: Hex;
}

/**
 * Measures what the execution of a contract costs by itself. A transaction's gasUsed does not tell: since EIP-7623
 * a short execution on much calldata pays the calldata's floor price, whatever it executes.
 */
export class GasMeter {
  private constructor(
    private readonly client: ChainClient,
    private readonly meter: Address,
  ) {}

  static async deploy(client: ChainClient, sender: Address, target: Address): Promise<GasMeter> {
    const code = meterCode(target).slice(2);
    const length = (code.length / 2).toString(16).padStart(2, '0');
    // codecopy(0, 10, length); return(0, length); the ten bytes of this, then the code.
    const initCode: Hex = `0x60${length}600a5f3960${length}5ff3${code}`;
    const { address } = await deploy(client, sender, initCode);
    return new GasMeter(client, address);
  }

  async call(calldata: Hex): Promise<Metered> {
    const data = await rpc<Hex>(this.client, 'eth_call', { to: this.meter, data: calldata }, 'latest');
    const word = (index: number) => BigInt(`0x${data.slice(2 + 64 * index, 66 + 64 * index)}`);
    return {
      success: word(1) === 1n,
      executionGas: Number(word(0)) - overhead,
      output: `0x${data.slice(2 + 128)}`,
    };
  }
}
