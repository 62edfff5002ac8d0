import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Hex } from 'viem';
import { UserError } from './userError.js';

/** One step of a run as `opml-vm prove` writes it: the witness, and the state hashes that the VM claims. */
export interface StepProof {
  node: number;
  step: number;
  pc: number;
  mnemonic: string;
  calldata: Hex;
  preState: Hex;
  postState: Hex;
}

const isHex = (value: unknown, bytes?: number): value is Hex =>
  typeof value === 'string' && /^0x([0-9a-f]{2})*$/.test(value) && (bytes === undefined || value.length === 2 + 2 * bytes);

function parseStepProof(line: string, where: string): StepProof {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw new UserError(`${where}: not a line of JSON; expected the output of opml-vm prove`);
  }
  const isNumber = (key: string) => Number.isSafeInteger(value[key]);
  const good =
    isNumber('node') && isNumber('step') && isNumber('pc') && typeof value['mnemonic'] === 'string' &&
    isHex(value['calldata']) && isHex(value['preState'], 32) && isHex(value['postState'], 32);
  if (!good)
    throw new UserError(`${where}: not a step proof; node, step, pc, mnemonic, calldata, preState, postState are needed`);
  return value as unknown as StepProof;
}

/** Reads step proofs, one JSON object a line, from a file or from standard input (`-`). */
export async function* readStepProofs(file: string): AsyncGenerator<StepProof> {
  const name = file === '-' ? 'standard input' : file;
  const input = file === '-' ? process.stdin : createReadStream(file);
  // The lines below are read by an iterator that would not see the stream's failure.
  const opened = new Promise<void>((resolve, reject) => {
    input.once('readable', resolve).once('end', resolve);
    input.once('error', (error) => reject(new UserError(`${name}: cannot be read: ${error.message}`)));
  });
  await opened;
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() !== '') yield parseStepProof(text, `${name}:${line}`);
  }
}
