import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { type Outcome, run, tool } from './project.js';

/** A failed tool says why in one line on stderr, prints nothing else, and exits with a status, not by a signal. */
export function checkError({ code, stdout, stderr }: Outcome, message: RegExp): void {
  assert.match(stderr, /^error: [^\n]+\n$/, 'one line of error');
  assert.match(stderr, message);
  assert.equal(stdout, '', 'nothing on standard output');
  assert.ok(typeof code === 'number' && code > 0, `exits with a non-zero status, not ${code}`);
}

/** Everything below a folder. */
const listing = async (folder: string): Promise<string[]> => (await readdir(folder, { recursive: true })).sort();

/** Runs a tool that must fail with `message` and leave `folder` as it was. */
export async function checkFails(name: string, args: string[], folder: string, message: RegExp): Promise<void> {
  const before = await listing(folder);
  checkError(await run(tool(name), args), message);
  assert.deepEqual(await listing(folder), before, 'nothing is left behind');
}
