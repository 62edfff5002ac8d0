import { Runs } from '../oracle/runs.js';
import { ServedRun } from '../oracle/served.js';
import { Stopwatch } from '../oracle/stopwatch.js';
import { readTensor } from '../oracle/tensorFile.js';
import { type Say, speaker } from '../roles/say.js';
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
  const stopwatches = { server: new Stopwatch(), challenger: new Stopwatch() };
  const serverRuns = new Runs(images, stopwatches.server);
  const challengerRuns = new Runs(images, stopwatches.challenger);
  try {
    const stage = await Stage.open(contracts);
    try {
      const started = performance.now();
      const outcome = await dispute(stage, { requested, inputs: tensors, serverRuns, challengerRuns, lie }, say);
      const [total, starting] = [performance.now() - started, started - begin];
      // Players move in turn, so what neither waits for is the chain's.
      let rest = total;
      for (const [who, stopwatch] of Object.entries(stopwatches)) {
        const [contexts, machines] = [stopwatch.milliseconds('contexts'), stopwatch.milliseconds('machines')];
        say(who)('has computed', { 'contexts, s': seconds(contexts), 'machines, s': seconds(machines) });
        rest -= contexts + machines;
      }
      const parts = { 'start of chain and players, s': seconds(starting), 'chain and moves, s': seconds(rest) };
      say('result')('time', { 'dispute, s': seconds(total), ...parts });
      await sayWork(requested, lie.node, say('result'));
      return outcome;
    } finally {
      await stage.close();
    }
  } finally {
    await Promise.all([requested.stop(), serverRuns.stop(), challengerRuns.stop()]);
  }
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

/** What each side had to know, and what it would have had to in a dispute about all steps. */
async function sayWork(run: ServedRun, node: number, say: Say): Promise<void> {
  const steps = (await run.isDecided(node)) ? 0 : await run.steps(node);
  say('work', { nodes: run.header.nodes, 'steps of the disputed node': steps, 'steps of all nodes': await run.allSteps() });
}
