import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type NpyArray, readArray } from './support/npy.js';
import { ort } from './support/onnxRuntime.js';
import { nightly, run, sourceDir, temporaryFolder } from './support/project.js';

// The reference of test/random-models follows docs/numerics.md, and the VM follows the reference to the bit
// (check_bits.py). Here an outsider says that it computes what ONNX means.

const count = nightly ? 2000 : 400;
/** Of an output's largest element; sums of a few dozen products in another order. */
const tolerance = 1e-5;
/** Not those with special values, and ONNX Runtime has no kernels for old opsets and small integers. */
const leastCompared = 0.5 * count;

type Tensor = InstanceType<typeof ort.Tensor>;

/** The arrays of a model's folder whose files start with `kind`, by name. */
async function arrays(folder: string, kind: string): Promise<Map<string, NpyArray>> {
  const files = (await readdir(folder)).filter((file) => file.startsWith(`${kind}.`));
  return new Map(await Promise.all(files.map(async (file) => [file.split('.')[1]!, await readArray(join(folder, file))] as const)));
}

/** The model's outputs by ONNX Runtime, or undefined where it does not take the model. */
async function runOutside(folder: string): Promise<Record<string, Tensor> | undefined> {
  const feeds: Record<string, Tensor> = {};
  for (const [name, { type, data, shape }] of await arrays(folder, 'input'))
    feeds[name] = new ort.Tensor(type as 'float32', data as Float32Array, shape);
  try {
    const session = await ort.InferenceSession.create(join(folder, 'model.onnx'), { logSeverityLevel: 4 });
    return await session.run(feeds);
  } catch {
    return undefined;
  }
}

function assertClose(actual: NpyArray['data'], expected: NpyArray['data'], what: string): void {
  assert.equal(actual.length, expected.length, what);
  let scale = 0;
  for (const value of expected) scale = Math.max(scale, Math.abs(Number(value)));
  expected.forEach((value: number | bigint, i: number) => {
    const isClose =
      typeof value === 'bigint' ? value === actual[i] : Math.abs(Number(actual[i]) - value) <= tolerance * scale;
    assert.ok(isClose, `${what}[${i}]: ${actual[i]}, not ${value}`);
  });
}

test(`the reference of ${count} random models is close to ONNX Runtime`, async () => {
  const folder = join(temporaryFolder(), 'models');
  const generator = join(sourceDir, 'test', 'random-models', 'random_models.py');
  const outcome = await run('/usr/bin/python3', [generator, folder, '0', `${count}`]);
  assert.equal(outcome.code, 0, outcome.stderr);
  let compared = 0;
  for (const model of await readdir(folder)) {
    const path = join(folder, model);
    if (existsSync(join(path, 'special'))) continue;
    const outputs = await runOutside(path);
    if (!outputs) continue;
    for (const [name, expected] of await arrays(path, 'exact')) {
      const output: Tensor = outputs[name]!;
      assert.deepEqual([output.type, output.dims], [expected.type, expected.shape], `model ${model}, ${name}`);
      assertClose(output.data as NpyArray['data'], expected.data, `model ${model}, ${name}`);
    }
    ++compared;
  }
  assert.ok(compared >= leastCompared, `only ${compared} models compared`);
});
