import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Address, Hex } from 'viem';
import { type Anvil, rpc, startAnvil } from '../src/anvil.js';
import { GasMeter } from '../src/gasMeter.js';

let anvil: Anvil;
let sender: Address;

before(async () => {
  anvil = await startAnvil();
  sender = (await anvil.client.getAddresses())[0]!;
});
after(() => anvil.stop());

async function meterOf(code: Hex): Promise<{ meter: GasMeter; target: Address }> {
  const target: Address = `0x${'c0de'.repeat(10)}`;
  await anvil.client.setCode({ address: target, bytecode: code });
  return { meter: await GasMeter.deploy(anvil.client, sender, target), target };
}

// Costs of the yellow paper's appendix G.
const programs: { name: string; code: Hex; gas: number; success: boolean; output: Hex }[] = [
  { name: 'stop', code: '0x00', gas: 0, success: true, output: '0x' },
  { name: 'push0 pop', code: '0x5f5000', gas: 4, success: true, output: '0x' },
  // mstore8(0, 0xab) grows memory by one word; return(0, 1)
  { name: 'return of a byte', code: '0x60ab5f5360015ff3', gas: 3 + 2 + 3 + 3 + 3 + 2, success: true, output: '0xab' },
  { name: 'revert', code: '0x5f5ffd', gas: 4, success: false, output: '0x' },
];

for (const { name, code, gas, success, output } of programs) {
  test(`meters ${name}`, async () => {
    const { meter } = await meterOf(code);
    assert.deepEqual(await meter.call('0x010203'), { success, executionGas: gas, output });
  });
}

test('agrees with the trace of a call', async () => {
  // Copies its calldata to memory, hashes it and returns the hash.
  const { meter, target } = await meterOf('0x365f5f37365f205f5260205ff3');
  const data: Hex = `0x${'5a'.repeat(500)}`;
  const call = { from: sender, to: target, data, gas: '0xf4240' };
  type Trace = { structLogs: { gas: number; gasCost: number }[] };
  const { structLogs } = await rpc<Trace>(anvil.client, 'debug_traceCall', call, 'latest', {});
  const last = structLogs[structLogs.length - 1]!;
  assert.equal((await meter.call(data)).executionGas, structLogs[0]!.gas - last.gas + last.gasCost);
});
