import type { Hex } from 'viem';
import type { JobView } from '../chain/ledger.js';
import { commitmentTo } from '../game/state.js';
import { sizeOf, tensorOf } from '../oracle/tensorFile.js';
import { FetchError, type FetchOptions, defaultFetchOptions, fetchBytes } from './fetch.js';
import type { KeptInputs } from './keptInputs.js';
import { ChoppedTensor, assemble } from './tensor.js';

export interface InputPort {
  type: string;
  shape: number[];
}

export interface InputOptions {
  fetch: FetchOptions;
  /** Bytes of a job's inputs that are accepted. */
  maxBytes: number;
  /** After which a fetch that has failed is tried again. */
  retryMs: number;
  /** Inputs that survive this process, or null. */
  kept: KeptInputs | null;
  say: (line: string) => void;
}

export const defaultInputOptions: InputOptions = {
  fetch: defaultFetchOptions,
  maxBytes: 1 << 26,
  retryMs: 60_000,
  kept: null,
  say: () => {},
};

/** A .npy file's header. */
const headerBytes = 1 << 12;
const maxFetches = 4;

/** Those of a job's uri, one for each input: no URI holds white space. */
export const urisOf = (uri: string): string[] => uri.split(/\s+/).filter((part) => part !== '');

/** Why these tensors are not the ones of the job, or null if they are. */
function faultOf(tensors: readonly Uint8Array[], ports: readonly InputPort[], job: JobView): string | null {
  for (const [i, port] of ports.entries()) {
    const { length } = tensors[i]!;
    if (length !== sizeOf(port)) return `input ${i} has ${length} bytes instead of ${sizeOf(port)}`;
    // What they mean would depend on the engine; and they cannot be published (P2).
    if (port.type === 'bool' && tensors[i]!.some((byte) => byte > 1)) return `input ${i} has a bool that is neither 0 nor 1`;
  }
  const roots = tensors.map((tensor) => new ChoppedTensor(tensor).root);
  return commitmentTo('input', roots) === job.terms.inputRoot ? null : 'these are other inputs than the job says';
}

/** What has become of the inputs of a job that lie elsewhere. */
type Fetched = { state: 'coming'; hasFailed: boolean } | { state: 'there'; tensors: Uint8Array[] } | { state: 'missing'; since: number };

/** The inputs of jobs, checked: from the chain, or from where the jobs say. */
export class Inputs {
  private readonly options: InputOptions;
  /** By job: others may say that the same inputs lie where they do not. */
  private readonly fetched = new Map<Hex, Fetched>();
  private readonly waiting: (() => Promise<void>)[] = [];
  private fetching = 0;

  constructor(options: Partial<InputOptions> = {}) {
    this.options = { ...defaultInputOptions, ...options };
  }

  /** Null if they are not to be had, or not yet: they are fetched in the background, since others must not slow us down. */
  of(job: JobView, ports: readonly InputPort[]): Uint8Array[] | null {
    const sizes = ports.map(sizeOf);
    if (sizes.reduce((sum, size) => sum + size, 0) > this.options.maxBytes) return null;
    const published = sizes.map((size, i) => assemble(job.inputs.get(i), size));
    if (published.every((tensor) => tensor !== null)) return published;
    const fetched = this.fetched.get(job.id);
    if (fetched?.state === 'there') return fetched.tensors;
    const isDue = fetched?.state !== 'coming' && (!fetched || Date.now() >= fetched.since + this.options.retryMs);
    if (isDue) this.begin(job, ports);
    return null;
  }

  /** Whether they were not to be had when they were last asked for. */
  lacks({ id }: JobView): boolean {
    const fetched = this.fetched.get(id);
    return fetched?.state === 'missing' || (fetched?.state === 'coming' && fetched.hasFailed);
  }

  /** Forgets the inputs of a job that is over. */
  async release({ id }: JobView): Promise<void> {
    if (this.fetched.delete(id)) await this.options.kept?.remove(id);
  }

  private begin(job: JobView, ports: readonly InputPort[]): void {
    this.fetched.set(job.id, { state: 'coming', hasFailed: this.fetched.has(job.id) });
    this.waiting.push(async () => {
      const tensors = await this.load(job, ports);
      this.fetched.set(job.id, tensors ? { state: 'there', tensors } : { state: 'missing', since: Date.now() });
    });
    this.next();
  }

  private next(): void {
    if (this.fetching === maxFetches) return;
    const work = this.waiting.shift();
    if (!work) return;
    ++this.fetching;
    void work().finally(() => {
      --this.fetching;
      this.next();
    });
  }

  private async load(job: JobView, ports: readonly InputPort[]): Promise<Uint8Array[] | null> {
    const { kept, say } = this.options;
    try {
      const known = await kept?.read(job.id, ports.length);
      if (known && faultOf(known, ports, job) === null) return known;
      const tensors = await this.fetch(job, ports);
      await kept?.write(job.id, tensors).catch((error: Error) => say(`the inputs of job ${job.id} cannot be kept: ${error.message}`));
      return tensors;
    } catch (error) {
      say(`the inputs of job ${job.id} are not to be had: ${(error as Error).message}`);
      return null;
    }
  }

  private async fetch(job: JobView, ports: readonly InputPort[]): Promise<Uint8Array[]> {
    const uris = urisOf(job.uri);
    if (uris.length !== ports.length) throw new FetchError(`${uris.length} addresses for ${ports.length} inputs`);
    const tensors: Uint8Array[] = [];
    for (const [i, uri] of uris.entries())
      tensors.push(tensorOf(await fetchBytes(uri, sizeOf(ports[i]!) + headerBytes, this.options.fetch), uri));
    const fault = faultOf(tensors, ports, job);
    if (fault !== null) throw new FetchError(fault);
    return tensors;
  }
}
