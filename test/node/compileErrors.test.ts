import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { checkError, checkFails } from './support/errors.js';
import { run, sourceDir, temporaryFolder, tool } from './support/project.js';

const digits = join(sourceDir, 'models', 'digits.onnx');

let good: Buffer;
let folder: string;
let model: string;
let image: string;

before(async () => {
  good = await readFile(digits);
  folder = temporaryFolder();
  model = join(folder, 'model.onnx');
  image = join(folder, 'model.opml');
});

async function checkRefused(bytes: Uint8Array, message: RegExp): Promise<void> {
  await writeFile(model, bytes);
  await checkFails('opml-compile', [model, '-o', image], folder, message);
}

/** `good` with every occurrence of one string replaced by another of the same length. */
function replaced(from: string, to: string): Buffer {
  assert.equal(from.length, to.length);
  return Buffer.from(good.toString('latin1').replaceAll(from, to), 'latin1');
}

test('an empty model is refused', () => checkRefused(new Uint8Array(), /model\.onnx/));

test('a model that is no protobuf is refused', () => checkRefused(Buffer.from('not a model\n'), /model\.onnx/));

test('a truncated model is refused, wherever it ends', async () => {
  for (const part of [0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999])
    await checkRefused(good.subarray(0, Math.floor(good.length * part)), /model\.onnx/);
  await checkRefused(good.subarray(0, good.length - 1), /model\.onnx/);
});

test('a missing model is refused', () =>
  checkFails('opml-compile', [join(folder, 'none.onnx'), '-o', image], folder, /none\.onnx/));

test('a folder is not a model', () => checkFails('opml-compile', [folder, '-o', image], folder, /opml-test-/));

test('all nodes with an unknown operator are listed, one a line', async () => {
  await writeFile(model, replaced('Gemm', 'Gexm'));
  const outcome = await run(tool('opml-compile'), [model, '-o', image]);
  const [summary, ...nodes] = outcome.stderr.trimEnd().split('\n');
  checkError({ ...outcome, stderr: `${summary}\n` }, /model\.onnx: 2 /);
  assert.deepEqual(nodes.map((line) => /^  Gexm node '(\w+)'/.exec(line)?.[1]), ['Hidden', 'Scores']);
  assert.ok(!existsSync(image));
});

test('control characters in names do not reach the terminal', async () => {
  await writeFile(model, replaced('Gemm', 'G\n\x1b['));
  const { stderr } = await run(tool('opml-compile'), [model, '-o', image]);
  assert.equal(stderr.match(/^  G\?\?\[ node '\w+': [^\n]+$/gm)?.length, 2, stderr);
  assert.doesNotMatch(stderr, /[^\n -~]/);
});

test('an output below a file is refused', async () => {
  await writeFile(model, good);
  await checkFails('opml-compile', [digits, '-o', join(model, 'out.opml')], folder, /out\.opml/);
});

test('an output in a folder that does not exist is refused', () =>
  checkFails('opml-compile', [digits, '-o', join(folder, 'none', 'out.opml')], folder, /out\.opml/));

test('an output that is some other file is not overwritten', async () => {
  await writeFile(model, good);
  await checkFails('opml-compile', [digits, '-o', model], folder, /model\.onnx/);
  assert.deepEqual(await readFile(model), good);
});

test('no corrupted byte crashes the compiler or leaves half an image', async () => {
  // The graph is structure, most of the file is weights: the positions are dense where structure is.
  const positions = [...Array(40).keys(), ...Array.from({ length: 40 }, (_, i) => good.length - 1 - 11 * i)];
  for (const position of positions) {
    const bytes = Buffer.from(good);
    bytes[position]! ^= 0xff;
    await writeFile(model, bytes);
    const outcome = await run(tool('opml-compile'), [model, '-o', image]);
    if (outcome.code === 0) assert.equal((await run(tool('opml-vm'), ['info', image, '--verify'])).code, 0);
    else checkError(outcome, /model\.onnx|^error: /);
    await rm(image, { recursive: true, force: true });
  }
});
