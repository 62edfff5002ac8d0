import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import type { JobView, Part } from '../chain/ledger.js';
import { Inputs } from '../data/inputs.js';
import { failed } from '../game/state.js';
import { type DataSource, computeOutputs } from './outputs.js';
import { type PortInfo, ServedRun } from './served.js';
import type { Stopwatch } from './stopwatch.js';
import { writeNpy } from './tensorFile.js';

/** The true runs of the jobs about some images: what a player asks who knows these models. */
export class Runs implements DataSource {
  private readonly running = new Map<Hex, Promise<ServedRun | null>>();

  /** @param images Of models that the player has compiled itself, by model root. */
  constructor(
    private readonly images: ReadonlyMap<Hex, string>,
    private readonly stopwatch?: Stopwatch,
    private readonly inputs = new Inputs(),
  ) {}

  imageFiles(): string[] {
    return [...this.images.values()];
  }

  /** The run of a job, or null: its model is unknown, or its inputs are not there, or not yet. */
  async of(job: JobView): Promise<ServedRun | null> {
    const key = job.terms.start;
    const known = this.running.get(key);
    if (known && !(await known)?.hasEnded) return known;
    // Somebody else may have started another one in the meantime.
    if (this.running.get(key) !== known) return this.of(job);
    const started = this.start(job);
    this.running.set(key, started);
    // What is not known today may be tomorrow.
    const forget = () => this.running.delete(key);
    started.then((run) => run ?? forget(), forget);
    return started;
  }

  /** Whether the model is known, but not to be run, since nobody has the inputs. */
  lacksInputs(job: JobView): boolean {
    return this.inputs.lacks(job);
  }

  async tensors(job: JobView, part: Part): Promise<Uint8Array[] | null> {
    const image = this.images.get(job.terms.modelRoot);
    const run = await this.of(job);
    if (image === undefined || !run) return null;
    const { inputs: ports } = await ServedRun.inputsOf(image);
    const inputs = this.inputs.of(job, ports);
    if (part === 'inputs' || !inputs) return inputs;
    if ((await run.outputRoot()) === failed) return null;
    const roots = await run.outputRoots();
    return withFiles(ports, inputs, (files) => computeOutputs(image, files, roots));
  }

  /** Forgets jobs that are over, of which there may be many. */
  async tidy(jobs: Iterable<JobView>, time: number): Promise<void> {
    const all = [...jobs];
    const isOver = ({ status, since, terms }: JobView) =>
      status === 'final' || status === 'closed' || (status === 'open' && time > since + terms.answerPeriod);
    const living = new Set(all.filter((job) => !isOver(job)).map(({ terms }) => terms.start));
    for (const job of all.filter(isOver)) {
      await this.inputs.release(job);
      const { start } = job.terms;
      const run = living.has(start) ? undefined : this.running.get(start);
      if (!run) continue;
      this.running.delete(start);
      await (await run)?.stop();
    }
  }

  async stop(): Promise<void> {
    const runs = await Promise.allSettled(this.running.values());
    await Promise.all(runs.map((run) => (run.status === 'fulfilled' ? run.value?.stop() : undefined)));
  }

  private async start(job: JobView): Promise<ServedRun | null> {
    const image = this.images.get(job.terms.modelRoot);
    if (image === undefined) return null;
    const { inputs: ports } = await ServedRun.inputsOf(image);
    const tensors = this.inputs.of(job, ports);
    if (!tensors) return null;
    const run = await withFiles(ports, tensors, (files) => ServedRun.start(image, files, this.stopwatch));
    if ((await run.context(0)) === job.terms.start) return run;
    await run.stop();
    return null;
  }
}

/** Writes tensors to files, and removes them when `use` has read them. */
async function withFiles<T>(
  ports: readonly PortInfo[],
  tensors: readonly Uint8Array[],
  use: (files: string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'opml-inputs-'));
  try {
    const files: string[] = [];
    for (const [i, { name, type, shape }] of ports.entries()) {
      files.push(`${name}=${join(folder, `${i}.npy`)}`);
      await writeNpy(join(folder, `${i}.npy`), type, shape, tensors[i]!);
    }
    return await use(files);
  } finally {
    await rm(folder, { recursive: true });
  }
}
