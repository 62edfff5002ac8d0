import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runOk, skipWithout, sourceDir, temporaryFolder, testdata } from './support/project.js';
import { ServeProcess, killServers } from './support/serve.js';

let folder: string;
let testImage: string[];
let digits: string[];

before(async () => {
  folder = temporaryFolder();
  await runOk('opml-test-image', [join(folder, 'test')]);
  testImage = [join(folder, 'test', 'test.opml'), '--input', join(folder, 'test', 'x.npy')];
  const image = join(folder, 'digits.opml');
  await runOk('opml-compile', [join(sourceDir, 'models', 'digits.onnx'), '-o', image]);
  digits = [image, '--input', join(sourceDir, 'models', 'digits', '7.npy')];
});

after(killServers);

/** `…` in an example stands for hexadecimal digits. */
const pattern = (example: string) =>
  new RegExp(`^${example.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[0-9a-f]+')}$`);

test('the examples of docs/serve.md are what it answers', async () => {
  const text = await readFile(join(sourceDir, 'docs', 'serve.md'), 'utf8');
  const examples = Array.from(text.matchAll(/^ {4}> (.*)\n {4}< (.*)$/gm), (match) => [match[1]!, match[2]!]);
  assert.equal(examples.length, text.split('\n    > ').length - 1, 'each request is followed by its answer');
  assert.ok(examples.length >= 13);
  const server = new ServeProcess(testImage);
  for (const [request, answer] of examples as [string, string][]) {
    server.send(request);
    assert.match(JSON.stringify(await server.receive()), pattern(answer));
  }
  assert.deepEqual(await server.end(), { code: 0, replies: [], stderr: '' });
});

test('roots and witnesses are those of opml-run, opml-vm root and prove', async () => {
  const server = new ServeProcess(digits);
  const { roots } = await server.ask('contexts');
  const printed = await runOk('opml-run', digits);
  assert.equal(roots.at(-1), /context root: +(\S+)/.exec(printed)![1]);
  for (const node of [0, roots.length - 2]) {
    const { steps } = await server.ask('steps', { node });
    for (const step of [0, 1, Math.floor(steps / 3), steps - 1]) {
      const where = ['--node', String(node), '--step', String(step), '--engine=interp', '--snapshot-memory=0'];
      const { hash } = await server.ask('state', { node, step });
      assert.equal(hash, (await runOk('opml-vm', ['root', ...digits, ...where])).trim());
      const proof = JSON.parse(await runOk('opml-vm', ['prove', ...digits, ...where])) as Record<string, unknown>;
      assert.deepEqual(await server.ask('witness', { node, step }), proof);
    }
  }
  await server.end();
});

test('a descent ends at one step whose hashes are those of its sections', async () => {
  const server = new ServeProcess([...digits, '--snapshot-memory', '2M']);
  const node = 1;
  const { stepBits } = await server.ask('node', { node });
  const { steps: length } = await server.ask('steps', { node });
  const step = Math.floor(length * 0.6);
  let [from, to] = [0, 2 ** stepBits];
  let [start, end] = [(await server.ask('state', { node, step: from }))['hash'], ''];
  while (to - from > 1) {
    const { steps, hashes } = await server.ask('section', { node, from, to, k: 16 });
    const part = (steps as number[]).findIndex((s) => s > step);
    if (part > 0) [from, start] = [steps[part - 1], hashes[part - 1]];
    [to, end] = [steps[part], hashes[part]];
  }
  const { preState, postState } = await server.ask('witness', { node, step });
  assert.deepEqual([preState, postState], [start, end]);
  await server.end();
});

test('a signal ends it, and so does an output that nobody reads', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const server = new ServeProcess(testImage);
    await server.ask('model');
    assert.equal(await server.exitAfter((process) => process.kill(signal)), 0, signal);
  }
  const server = new ServeProcess(testImage);
  await server.ask('model');
  const code = await server.exitAfter((process) => {
    process.stdout.destroy();
    server.send('{"id":"unread","op":"model"}');
  });
  assert.equal(code, 0);
});

const model = 'mnist/mnist-8/model.onnx';

test('both engines answer alike about every node of mnist-8', { skip: skipWithout(model) }, async () => {
  const image = join(folder, 'mnist-8.opml');
  await runOk('opml-compile', [testdata(model), '-o', image]);
  const run = [image, '--input', testdata('mnist/mnist-8/test_data_set_0/input_0.pb')];
  const [jit, interp] = [new ServeProcess([...run, '--engine=jit']), new ServeProcess([...run, '--engine=interp'])];
  const { nodes } = await jit.ask('model');
  for (let node = 0; node < nodes; ++node) {
    const { stepBits } = await jit.ask('node', { node });
    const questions: [string, Record<string, number>][] = [
      ['section', { node, from: 0, to: 2 ** stepBits, k: 16 }],
      ['state', { node, step: Math.floor(0.37 * 2 ** (stepBits - 1)) }],
      ['slots', { node, step: 2 ** stepBits }],
    ];
    for (const question of questions) assert.deepEqual(await jit.ask(...question), await interp.ask(...question));
  }
  await Promise.all([jit.end(), interp.end()]);
});
