import { join } from 'node:path';
import { test } from 'node:test';
import { nightly, runOk, skipWithout, sourceDir, temporaryFolder, testdata } from './support/project.js';

const count = nightly ? '100' : '2';

async function checkReplay(model: string, input: string): Promise<void> {
  const image = join(temporaryFolder(), 'model.opml');
  await runOk('opml-compile', [model, '-o', image]);
  await runOk('opml-check-replay', [image, '--input', input, '--count', count]);
}

test('states of the digits model, in any order, are those of runs from the start', () =>
  checkReplay(join(sourceDir, 'models', 'digits.onnx'), join(sourceDir, 'models', 'digits', '7.npy')));

const model = 'mnist/mnist-8/model.onnx';
test('so are those of mnist-8', { skip: skipWithout(model) }, () =>
  checkReplay(testdata(model), testdata('mnist/mnist-8/test_data_set_0/input_0.pb')));
