import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { UserError } from '../userError.js';
import { Stopwatch, partOf } from './stopwatch.js';
import { tool } from './tools.js';

interface Reply {
  id: number | null;
  result?: unknown;
  error?: string;
  progress?: unknown;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Notes that the user has been given. */
const told = new Set<string>();

/** An `opml-vm serve` (docs/serve.md) about one run of one image. Ends with this process. */
export class Serve {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private complaint = '';
  private ended = false;

  constructor(
    image: string,
    inputs: readonly string[],
    private readonly stopwatch = new Stopwatch(),
  ) {
    // What this user has compiled computes the contexts; only a node that is looked into runs in the VM.
    const args = ['serve', image, '--engine=native', ...inputs.flatMap((input) => ['--input', input])];
    this.process = spawn(tool('opml-vm'), args);
    createInterface({ input: this.process.stderr }).on('line', (line) => this.hear(line));
    this.process.once('error', (error) => this.end(`opml-vm serve cannot be started: ${error.message}`));
    this.process.once('close', () => this.end(this.complaint.replace(/^error: /, '').trim() || 'opml-vm serve has ended'));
    // A write to a process that is gone is answered by its end.
    this.process.stdin.on('error', () => {});
    createInterface({ input: this.process.stdout }).on('line', (line) => this.receive(JSON.parse(line) as Reply));
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  ask<Result>(op: string, numbers: Record<string, number> = {}): Promise<Result> {
    const answer = new Promise<Result>((resolve, reject) => {
      if (this.ended) return reject(new UserError('opml-vm serve has ended'));
      const id = this.nextId++;
      this.waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.process.stdin.write(`${JSON.stringify({ id, op, ...numbers })}\n`);
    });
    return this.stopwatch.time(partOf(op), answer);
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const closed = once(this.process, 'close');
    this.process.stdin.end();
    await closed;
  }

  private receive({ id, result, error, progress }: Reply): void {
    if (progress !== undefined || id === null) return;
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new UserError(`opml-vm serve: ${error}`));
  }

  private hear(line: string): void {
    if (!line.startsWith('note: ')) this.complaint += `${line}\n`;
    else if (!told.has(line)) process.stderr.write(`${line}\n`);
    told.add(line);
  }

  private end(why: string): void {
    this.ended = true;
    for (const { reject } of this.waiting.values()) reject(new UserError(why));
    this.waiting.clear();
  }
}
