import { Runs } from '../oracle/runs.js';
import { ServedRun } from '../oracle/served.js';
import { readTensor } from '../oracle/tensorFile.js';
import { speaker } from '../roles/say.js';
import { type Outcome, dispute } from './dispute.js';
import type { Lie } from './lie.js';
import { Stage } from './stage.js';

export interface DemoOptions {
  image: string;
  /** Files, perhaps with the port's name and `=` before them. */
  inputs: string[];
  lie: Lie;
  /** The folder of the compiled contracts. */
  contracts: string;
  json: boolean;
}

/** Plays a dispute on a chain of its own. Both sides know the model by the image, and the input by the chain. */
export async function demo({ image, inputs, lie, contracts, json }: DemoOptions): Promise<Outcome> {
  const say = (who: string) => speaker(who, json);
  const begin = performance.now();
  const { modelRoot } = await ServedRun.inputsOf(image);
  const tensors = await Promise.all(inputs.map((input) => readTensor(input.replace(/^[^=/]*=/, ''))));
  const requested = await ServedRun.start(image, inputs);
  const images = new Map([[modelRoot, image]]);
  const [serverRuns, challengerRuns] = [new Runs(images), new Runs(images)];
  try {
    const stage = await Stage.open(contracts);
    try {
      const started = performance.now();
      const outcome = await dispute(stage, { requested, inputs: tensors, serverRuns, challengerRuns, lie }, say);
      const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(1);
      say('result')('time', { 'dispute, s': seconds(started), 'with the start of chain and players, s': seconds(begin) });
      return outcome;
    } finally {
      await stage.close();
    }
  } finally {
    await Promise.all([requested.stop(), serverRuns.stop(), challengerRuns.stop()]);
  }
}
