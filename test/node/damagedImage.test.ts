import assert from 'node:assert/strict';
import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { checkError, checkFails } from './support/errors.js';
import { nightly, parallel, run, runOk, sourceDir, temporaryFolder, tool } from './support/project.js';

const digit = join(sourceDir, 'models', 'digits', '7.npy');
/** About so many positions of each file are damaged, one at a time; all of them in the long set. */
const positionsPerFile = 150;
const processes = 2;

let folder: string;
let image: string;

before(async () => {
  folder = temporaryFolder();
  image = join(folder, 'digits.opml');
  await runOk('opml-compile', [join(sourceDir, 'models', 'digits.onnx'), '-o', image]);
});

/** A copy of the image with one byte of a file turned over. */
async function damaged(name: string, file: string, position: number): Promise<string> {
  const copy = join(folder, `${name}.opml`);
  await cp(image, copy, { recursive: true });
  const bytes = await readFile(join(copy, file));
  bytes[position]! ^= 0x20; // also turns a hexadecimal digit's or letter's case
  await writeFile(join(copy, file), bytes);
  return copy;
}

for (const file of ['manifest.json', 'program.elf']) {
  test(`a changed byte in ${file} is found at loading`, async () => {
    const { length } = await readFile(join(image, file));
    const stride = nightly ? 1 : Math.max(1, Math.floor(length / positionsPerFile));
    const positions = Array.from({ length: Math.floor(length / stride) }, (_, i) => i * stride);
    await parallel([...positions, length - 1], processes, async (position) => {
      const copy = await damaged(`${file}-${position}`, file, position);
      checkError(await run(tool('opml-vm'), ['info', copy]), /manifest\.json|program\.elf/);
      await rm(copy, { recursive: true });
    });
  });
}

test('a changed weight is found by info --verify and on first use', async () => {
  const { length } = await readFile(join(image, 'weights.bin'));
  for (const position of [0, Math.floor(length / 2), length - 1]) {
    const copy = await damaged(`weights-${position}`, 'weights.bin', position);
    await checkFails('opml-vm', ['info', copy, '--verify'], folder, /weights\.bin|weight/);
  }
  const copy = join(folder, 'weights-0.opml');
  await checkFails('opml-run', [copy, '--input', digit, '-o', join(folder, 'out')], folder, /weight/);
  assert.equal((await run(tool('opml-vm'), ['info', copy])).code, 0, 'weights are not read at loading');
});

for (const file of ['manifest.json', 'program.elf', 'weights.bin']) {
  test(`a truncated or missing ${file} is refused`, async () => {
    const copy = join(folder, `short-${file}.opml`);
    await cp(image, copy, { recursive: true });
    const { length } = await readFile(join(copy, file));
    await truncate(join(copy, file), length - 1);
    await checkFails('opml-vm', ['info', copy], folder, new RegExp(file));
    await truncate(join(copy, file), 0);
    await checkFails('opml-vm', ['info', copy], folder, new RegExp(file));
    await rm(join(copy, file));
    await checkFails('opml-run', [copy, '--input', digit], folder, new RegExp(file));
  });
}

test('what is no image is refused', async () => {
  await checkFails('opml-vm', ['info', digit], folder, /7\.npy/);
  await checkFails('opml-vm', ['info', join(folder, 'none.opml')], folder, /none\.opml/);
});
