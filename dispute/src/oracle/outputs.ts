import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Hex } from 'viem';
import type { JobView, Part } from '../chain/ledger.js';
import { ChoppedTensor } from '../data/tensor.js';
import { UserError } from '../userError.js';
import { tensorOf } from './tensorFile.js';
import { tool } from './tools.js';

/** Who has the tensors of jobs. */
export interface DataSource {
  /** Null where they are not there, or the run has none, since a node fails. */
  tensors(job: JobView, part: Part): Promise<Uint8Array[] | null>;
}

async function runModel(image: string, inputs: readonly string[], folder: string): Promise<void> {
  const args = [image, ...inputs.flatMap((input) => ['--input', input]), '-o', folder];
  const run = (engine: string) => promisify(execFile)(tool('opml-run'), [...args, `--engine=${engine}`]);
  try {
    // Whatever native code computes is compared with the roots. Without any the VM does it.
    await run('native').catch(() => run('jit'));
  } catch (error) {
    throw new UserError(`opml-run: ${(error as Error).message}`);
  }
}

/** The outputs of a run, whose roots are known; so it does not matter which file has which. */
export async function computeOutputs(image: string, inputs: readonly string[], roots: readonly Hex[]): Promise<Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'opml-outputs-'));
  try {
    await runModel(image, inputs, folder);
    const tensors = new Map<Hex, Uint8Array>();
    for (const file of await readdir(folder)) {
      const tensor = tensorOf(await readFile(join(folder, file)), file);
      tensors.set(new ChoppedTensor(tensor).root, tensor);
    }
    return roots.map((root) => {
      const tensor = tensors.get(root);
      if (!tensor) throw new UserError(`${image}: opml-run computes other outputs than opml-vm serve`);
      return tensor;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
