import { join } from 'node:path';
import { test } from 'node:test';
import { runOk, skipWithout, sourceDir, temporaryFolder, testdata } from './support/project.js';
import { writeNpy } from './support/tensor.js';

async function checkLayout(model: string, input: (folder: string) => Promise<string>): Promise<void> {
  const folder = temporaryFolder();
  const image = join(folder, 'model.opml');
  await runOk('opml-compile', [model, '-o', image]);
  await runOk('opml-check-layout', [image, '--input', await input(folder)]);
}

test('no tree of the digits model is deeper than it needs to be', () =>
  checkLayout(join(sourceDir, 'models', 'digits.onnx'), async () => join(sourceDir, 'models', 'digits', '7.npy')));

const convolutional = 'mnist/mnist-8/model.onnx';
test('nor is one of mnist-8', { skip: skipWithout(convolutional) }, () =>
  checkLayout(testdata(convolutional), async () => testdata('mnist/mnist-8/test_data_set_0/input_0.pb')));

const dense = 'mnist/dnn-256x2.onnx';
test('nor is one of dnn-256x2', { skip: skipWithout(dense) }, () =>
  checkLayout(testdata(dense), async (folder) => {
    const image = join(folder, 'input.npy');
    await writeNpy(image, { shape: [1, 784, 1], data: new Float32Array(784).fill(0.5) });
    return image;
  }));
