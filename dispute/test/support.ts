import { join } from 'node:path';
import type { Hex } from 'viem';
import type { JobView } from '../src/chain/ledger.js';
import type { Side } from '../src/demo/stage.js';
import type { Run } from '../src/game/run.js';
import { Runs } from '../src/oracle/runs.js';
import { ServedRun } from '../src/oracle/served.js';
import { readTensor } from '../src/oracle/tensorFile.js';
import { ServerRole } from '../src/roles/server.js';
import { VerifierRole } from '../src/roles/verifier.js';
import { runOk, sourceDir, temporaryFolder } from '../../test/node/support/project.js';

/** A compiled model with its true run on one input. */
export interface Model {
  requested: ServedRun;
  inputs: Hex[];
  runs: Runs;
  stop(): Promise<void>;
}

export async function compileModel(onnx: string, input: string, ...options: string[]): Promise<Model> {
  const image = join(temporaryFolder(), 'model.opml');
  await runOk('opml-compile', [onnx, '-o', image, ...options]);
  const requested = await ServedRun.start(image, [input]);
  const runs = new Runs(new Map([[requested.header.modelRoot, image]]));
  const stop = async () => void (await Promise.all([requested.stop(), runs.stop()]));
  return { requested, inputs: [await readTensor(input)], runs, stop };
}

export const digitsModel = join(sourceDir, 'models', 'digits.onnx');
export const digitsInput = join(sourceDir, 'models', 'digits', '7.npy');

const silent = () => {};

export type RunOf = (job: JobView) => Promise<Run | null>;

export const serverOf = ({ opml, reader }: Side, runOf: RunOf): ServerRole => new ServerRole(opml, reader, runOf, silent);
export const verifierOf = ({ opml, reader }: Side, runOf: RunOf): VerifierRole => new VerifierRole(opml, reader, runOf, silent);
