import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { sourceDir } from './project.js';

/** The bytecode of a Yul file beside this one. */
export function compileYul(name: string): Hex {
  const content = readFileSync(join(sourceDir, 'test', 'node', 'support', name), 'utf8');
  const settings = { evmVersion: 'osaka', optimizer: { enabled: true }, outputSelection: { '*': { '*': ['evm.bytecode.object'] } } };
  const solc = join(sourceDir, 'solidity-gen', 'contracts', 'solc.cjs');
  const input = JSON.stringify({ language: 'Yul', sources: { [name]: { content } }, settings });
  const output = JSON.parse(execFileSync(process.execPath, [solc, '--standard-json'], { input, encoding: 'utf8' }));
  const [object] = Object.values(output.contracts?.[name] ?? {}) as { evm?: { bytecode?: { object?: string } } }[];
  const bytecode = object?.evm?.bytecode?.object;
  if (!bytecode) throw new Error(`${name}: ${JSON.stringify(output.errors)}`);
  return `0x${bytecode}`;
}
