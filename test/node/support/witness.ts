import { type Hex, concat, keccak256, numberToHex } from 'viem';

/** Registers that matter to an example; all others hold arbitrary non-zero words, as those of a real run do. */
export interface Example {
  /** The instruction word at pc. */
  word: number;
  /** General registers by number. */
  gpr?: Record<number, number>;
  /** The data address that the step touches, if it does. */
  address?: number;
}

/** Everything that a step costs beside its instruction. */
export interface Depths {
  code: number;
  memory: number;
}

const pc = 0x1234;
/** Code is padded with a reserved instruction, data memory is zero. */
const codePad: Hex = `0x${'ff'.repeat(32)}`;
const zeroLeaf: Hex = `0x${'00'.repeat(32)}`;
const arbitrary = (seed: number): Hex => keccak256(numberToHex(seed, { size: 32 }));

function littleEndian(word: number): Hex {
  return `0x${numberToHex(word, { size: 4 }).slice(2).match(/../g)!.reverse().join('')}`;
}

/** `leaf` with the word at `address` replaced. */
function withWord(leaf: Hex, address: number, word: number): Hex {
  const at = 2 + 2 * (address & 28);
  return `0x${leaf.slice(2, at)}${littleEndian(word).slice(2)}${leaf.slice(at + 8)}`;
}

function siblings(pad: Hex, depth: number): Hex[] {
  const result: Hex[] = [];
  for (let level = 0; level < depth; ++level, pad = keccak256(concat([pad, pad]))) result.push(pad);
  return result;
}

function root(leaf: Hex, index: number, path: Hex[]): Hex {
  return path.reduce((node, sibling, level) => {
    const isRight = Math.floor(index / 2 ** level) % 2 === 1;
    return keccak256(concat(isRight ? [sibling, node] : [node, sibling]));
  }, leaf);
}

/** The calldata of a running machine that executes the example, by docs/architecture.md. */
export function witness({ word, gpr = {}, address }: Example, depths: Depths): Hex {
  const codeLeaf = withWord(arbitrary(100), pc, word);
  const codePath = siblings(codePad, depths.code);
  const memoryLeaf = arbitrary(101);
  const memoryPath = siblings(zeroLeaf, depths.memory);
  const general = (number: number): Hex => {
    const value = gpr[number];
    return value === undefined ? `0x${arbitrary(number).slice(2, 10)}` : numberToHex(value, { size: 4 });
  };
  const state = concat([
    numberToHex(pc, { size: 4 }),
    numberToHex(pc + 4, { size: 4 }),
    ...[32, 33].map(general), // HI and LO
    ...Array.from({ length: 31 }, (_, i) => general(i + 1)),
    '0x0000', // running, no cause
    root(codeLeaf, pc >>> 5, codePath),
    numberToHex(depths.code, { size: 1 }),
    numberToHex(depths.memory, { size: 1 }),
    root(memoryLeaf, (address ?? 0) >>> 5, memoryPath),
  ]);
  const code = [codeLeaf, ...codePath];
  return concat([state, ...code, ...(address === undefined ? [] : [memoryLeaf, ...memoryPath])]);
}
