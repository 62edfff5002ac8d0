import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Hex, keccak256, numberToHex, slice } from 'viem';
import { withStepContract } from '../../dispute/src/arbitrate.js';
import { buildDir, sourceDir, temporaryFolder } from '../node/support/project.js';
import { witness } from '../node/support/witness.js';

const source = join(buildDir, 'test', 'extending-the-isa', 'isa', 'MipsStep.sol');
const compiler = join(sourceDir, 'solidity-gen', 'contracts', 'solc.cjs');

/** Compiles the extended contract and returns the path of an artifact as forge writes them. */
function compile(): string {
  const settings = {
    evmVersion: 'osaka',
    optimizer: { enabled: true },
    outputSelection: { '*': { MipsStep: ['evm.bytecode.object'] } },
  };
  const sources = { 'MipsStep.sol': { content: readFileSync(source, 'utf8') } };
  const input = JSON.stringify({ language: 'Solidity', sources, settings });
  const output = execFileSync(process.execPath, [compiler, '--standard-json'], { input, maxBuffer: 2 ** 26 });
  const { contracts, errors } = JSON.parse(output.toString());
  assert.ok(contracts?.['MipsStep.sol'], JSON.stringify(errors));
  const artifact = join(temporaryFolder(), 'MipsStep.json');
  const object = `0x${contracts['MipsStep.sol'].MipsStep.evm.bytecode.object}`;
  writeFileSync(artifact, JSON.stringify({ bytecode: { object } }));
  return artifact;
}

/** `dp4a $rd, $rs, $rt`: function 16 of SPECIAL2. */
const dp4a = (rd: number, rs: number, rt: number) => (0x70000010 | (rs << 21) | (rt << 16) | (rd << 11)) >>> 0;

function expectedSum(accumulator: number, a: number, b: number): number {
  const bytes = (word: number) => new Int8Array(new Uint32Array([word]).buffer);
  return bytes(a).reduce((sum, byte, i) => sum + byte * bytes(b)[i]!, accumulator) >>> 0;
}

/** A packed state with other 32-bit words at some offsets. */
function withWords(state: Hex, words: Record<number, number>): Hex {
  for (const [offset, word] of Object.entries(words)) {
    const at = 2 + 2 * Number(offset);
    state = `0x${state.slice(2, at)}${numberToHex(word, { size: 4 }).slice(2)}${state.slice(at + 8)}`;
  }
  return state;
}

/** Numbers that look random and are the same every time (mulberry32). */
function generator(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const stateBytes = 208;
const registerOffset = (number: number) => 16 + 4 * (number - 1);

test('the contract gives the sum of products', async () => {
  const random = generator(6);
  const edges = [0, 1, 0x80808080, 0x7f7f7f7f, 0xffffffff, 0x80000000, 0x007f80ff];
  const value = () => (random() % 2 ? random() : edges[random() % edges.length]!);
  await withStepContract(compile(), async (contract) => {
    for (let i = 0; i < 300; ++i) {
      const rs = random() % 32;
      const rt = random() % 3 ? random() % 32 : rs;
      const rd = random() % 3 ? random() % 32 : rt;
      const gpr: Record<number, number> = { [rs]: value(), [rt]: value(), [rd]: value(), 0: 0 };
      const calldata = witness({ word: dp4a(rd, rs, rt), gpr }, { code: 8, memory: 0 });
      const before = slice(calldata, 0, stateBytes);
      const pc = Number(slice(before, 0, 4));
      const after = withWords(before, {
        0: pc + 4,
        4: pc + 8,
        ...(rd === 0 ? {} : { [registerOffset(rd)]: expectedSum(gpr[rd]!, gpr[rs]!, gpr[rt]!) }),
      });
      const { result } = await contract.step(calldata);
      assert.deepEqual(result, { preState: keccak256(before), postState: keccak256(after) }, `dp4a ${rd}, ${rs}, ${rt}`);
    }
  });
});
