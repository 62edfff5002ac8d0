import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import type { JobView } from '../chain/ledger.js';
import { ServedRun } from './served.js';
import type { Stopwatch } from './stopwatch.js';
import { writeNpy } from './tensorFile.js';

/** Bytes of a job's inputs that a player is ready to take. */
const maxInputBytes = 1 << 26;

/** The true runs of the jobs about some images: what a player asks who knows these models. */
export class Runs {
  private readonly running = new Map<Hex, Promise<ServedRun | null>>();

  /** @param images Of models that the player has compiled itself, by model root. */
  constructor(
    private readonly images: ReadonlyMap<Hex, string>,
    private readonly stopwatch?: Stopwatch,
  ) {}

  imageFiles(): string[] {
    return [...this.images.values()];
  }

  /** The run of a job, or null: its model is unknown, or its inputs are not on the chain or not those of its terms. */
  of(job: JobView): Promise<ServedRun | null> {
    const key = job.terms.start;
    const known = this.running.get(key);
    if (known) return known;
    const started = this.start(job);
    this.running.set(key, started);
    // What is not known today may be tomorrow.
    const forget = () => this.running.delete(key);
    started.then((run) => run ?? forget(), forget);
    return started;
  }

  async stop(): Promise<void> {
    const runs = await Promise.allSettled(this.running.values());
    await Promise.all(runs.map((run) => (run.status === 'fulfilled' ? run.value?.stop() : undefined)));
  }

  private async start(job: JobView): Promise<ServedRun | null> {
    const image = this.images.get(job.terms.modelRoot);
    if (image === undefined || inputBytes(job) > maxInputBytes) return null;
    const folder = await mkdtemp(join(tmpdir(), 'opml-inputs-'));
    try {
      const { inputs: ports } = await ServedRun.inputsOf(image);
      const files: string[] = [];
      for (const [i, { name, type, shape }] of ports.entries()) {
        const data = job.inputs.get(i)?.get(0);
        if (data === undefined) return null;
        files.push(`${name}=${join(folder, `${i}.npy`)}`);
        await writeNpy(join(folder, `${i}.npy`), type, shape, data);
      }
      const run = await ServedRun.start(image, files, this.stopwatch);
      if ((await run.context(0)) === job.terms.start) return run;
      await run.stop();
      return null;
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

function inputBytes(job: JobView): number {
  let bytes = 0;
  for (const pieces of job.inputs.values()) for (const data of pieces.values()) bytes += data.length / 2 - 1;
  return bytes;
}
