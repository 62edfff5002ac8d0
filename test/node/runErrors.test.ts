import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { checkFails } from './support/errors.js';
import { runOk, sourceDir, temporaryFolder } from './support/project.js';
import { writeNpy } from './support/tensor.js';

const digit = join(sourceDir, 'models', 'digits', '7.npy');

let folder: string;
let image: string;
let bad: string;

before(async () => {
  folder = temporaryFolder();
  image = join(folder, 'digits.opml');
  bad = join(folder, 'bad.npy');
  await runOk('opml-compile', [join(sourceDir, 'models', 'digits.onnx'), '-o', image]);
});

/** The same for every tool that takes inputs. */
async function checkRefused(args: string[], message: RegExp): Promise<void> {
  await checkFails('opml-run', [image, ...args, '-o', join(folder, 'out')], folder, message);
  await checkFails('opml-vm', ['root', image, ...args], folder, message);
}

test('a missing input is named', () => checkRefused([], /image/));

test('a second input for the only one is refused', () => checkRefused(['--input', digit, '--input', digit], /7\.npy/));

test('an unknown input name is refused', () => checkRefused(['--input', `nonsense=${digit}`], /nonsense/));

test('a wrong shape is refused with both shapes', async () => {
  await writeNpy(bad, { shape: [1, 1, 27, 28], data: new Float32Array(27 * 28) });
  await checkRefused(['--input', bad], /27.*28|28.*27/);
});

test('as many elements in another shape are refused', async () => {
  await writeNpy(bad, { shape: [784], data: new Float32Array(784) });
  await checkRefused(['--input', bad], /784/);
});

test('a wrong element type is refused with both types', async () => {
  const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 1, 28, 28), }".padEnd(117) + '\n';
  await writeFile(bad, Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00v\x00${header}`, 'latin1'), Buffer.alloc(3136)]));
  await checkRefused(['--input', bad], /int32.*float32|float32.*int32/);
});

test('a truncated tensor file is refused', async () => {
  await writeNpy(bad, { shape: [1, 1, 28, 28], data: new Float32Array(783) });
  await checkRefused(['--input', bad], /bad\.npy/);
});

test('a file that is no tensor is refused', async () => {
  await writeFile(bad, 'no tensor');
  await checkRefused(['--input', bad], /bad\.npy/);
});

test('a missing file is named', () => checkRefused(['--input', join(folder, 'none.npy')], /none\.npy/));

test('an output folder that cannot be made is refused', () =>
  checkFails('opml-run', [image, '--input', digit, '-o', join(folder, 'none', 'out')], folder, /none/));

test('an output folder that is a file is refused', async () => {
  await writeFile(bad, '');
  await checkFails('opml-run', [image, '--input', digit, '-o', bad], folder, /bad\.npy/);
});

test('statistics that cannot be written are refused, and outputs are not written either', async () => {
  await mkdir(join(folder, 'taken'), { recursive: true });
  const stats = join(folder, 'none', 'stats.json');
  await checkFails('opml-run', [image, '--input', digit, '-o', join(folder, 'out'), '--stats', stats], folder, /stats/);
});

test('an engine that does not exist is refused', () =>
  checkFails('opml-run', [image, '--input', digit, '--engine=magic'], folder, /magic/));

test('a node or step that does not exist is refused', async () => {
  const args = ['prove', image, '--input', digit];
  await checkFails('opml-vm', [...args, '--node', '99', '--step', '0'], folder, /99/);
  await checkFails('opml-vm', [...args, '--node', 'first', '--step', '0'], folder, /first/);
});
