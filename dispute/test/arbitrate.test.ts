import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

// Stands in for the step contract: returns calldata's first 64 bytes, and rejects empty calldata.
// calldatasize; jumpi to the copy, else revert(0, 0); calldatacopy(0, 0, 64); return(0, 64)
const echoCode = '366007575f5ffd5b60405f5f3760405ff3';
const creationCode = `0x6011600a5f3960115ff3${echoCode}`;

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
const pre = `0x${'11'.repeat(32)}`;
const post = `0x${'22'.repeat(32)}`;
const calldata = `0x${'11'.repeat(32)}${'22'.repeat(32)}`;
const proof = { node: 1, step: 2, pc: 0x84, mnemonic: 'addu', calldata, preState: pre, postState: post };

let folder: string;
let artifact: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opml-arbitrate-'));
  artifact = join(folder, 'Echo.json');
  await writeFile(artifact, JSON.stringify({ bytecode: { object: creationCode } }));
});
after(() => rm(folder, { recursive: true }));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

async function arbitrate(proofs: unknown[] | string, file = artifact): Promise<Outcome> {
  const input = join(folder, 'proofs.jsonl');
  await writeFile(input, typeof proofs === 'string' ? proofs : proofs.map((p) => `${JSON.stringify(p)}\n`).join(''));
  return new Promise((resolve) =>
    execFile(process.execPath, [main, 'arbitrate', '--artifact', file, input], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );
}

test('equal steps exit with 0 and are counted', async () => {
  const { code, stdout, stderr } = await arbitrate([proof, { ...proof, mnemonic: 'lw' }]);
  assert.equal(stderr, '');
  assert.match(stdout, /2 of 2 steps equal/);
  assert.equal(code, 0);
});

test('a different post-state is an error that names the step', async () => {
  const { code, stdout, stderr } = await arbitrate([proof, { ...proof, step: 3, postState: pre }]);
  assert.match(stderr, /^error: node 1, step 3, addu at pc 0x84: post-state 0x22\w+, the VM says 0x11/);
  assert.match(stdout, /1 of 2 steps equal/);
  assert.equal(code, 1);
});

test('a different pre-state is an error', async () => {
  const { code, stderr } = await arbitrate([{ ...proof, preState: post }]);
  assert.match(stderr, /pre-state/);
  assert.equal(code, 1);
});

test('a rejected witness is an error', async () => {
  const { code, stderr } = await arbitrate([{ ...proof, calldata: '0x' }]);
  assert.match(stderr, /rejects the witness/);
  assert.equal(code, 1);
});

for (const [name, input, message] of [
  ['no proofs at all', '', /^error: no step to execute/],
  ['a line that is not JSON', `${JSON.stringify(proof)}\nnonsense\n`, /^error: \S+proofs.jsonl:2: not a line of JSON/],
  ['a proof without post-state', '{"node":1}\n', /^error: \S+proofs.jsonl:1: not a step proof/],
] as const) {
  test(`${name}: one line of error`, async () => {
    const { code, stderr } = await arbitrate(input);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split('\n').length, 1);
    assert.equal(code, 1);
  });
}

test('a missing artifact is an error that says how to make it', async () => {
  const { code, stderr } = await arbitrate([proof], join(folder, 'none.json'));
  assert.match(stderr, /^error: \S+none.json: cannot be read; build the contracts/);
  assert.equal(code, 1);
});
