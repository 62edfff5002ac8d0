import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tool } from './project.js';

export type Reply = { id: unknown; result?: Record<string, unknown>; error?: string; progress?: Record<string, number> };

const running = new Set<ChildProcessWithoutNullStreams>();

/** Ends those that a failed test has left. */
export function killServers(): void {
  for (const process of running) process.kill('SIGKILL');
}

/** An `opml-vm serve` that a test talks to, one question at a time. */
export class ServeProcess {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private nextId = 0;

  constructor(args: string[]) {
    this.process = spawn(tool('opml-vm'), ['serve', ...args]);
    running.add(this.process);
    this.process.once('exit', () => running.delete(this.process));
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  send(line: string): void {
    this.process.stdin.write(`${line}\n`);
  }

  /** The next line that is not progress. */
  async receive(): Promise<Reply> {
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) throw new Error('opml-vm serve ended');
      const reply = JSON.parse(value as string) as Reply;
      if (!reply.progress) return reply;
    }
  }

  /** The result of a request that must succeed. */
  async ask(op: string, numbers: Record<string, number> = {}): Promise<Record<string, any>> {
    this.send(JSON.stringify({ id: this.nextId++, op, ...numbers }));
    const reply = await this.receive();
    if (!reply.result) throw new Error(`${op} ${JSON.stringify(numbers)}: ${reply.error}`);
    return reply.result;
  }

  /** Does something to the process upon which it must end by itself, and returns its exit status. */
  async exitAfter(action: (process: ChildProcessWithoutNullStreams) => void): Promise<number | null> {
    const exited = once(this.process, 'exit');
    action(this.process);
    return (await exited)[0] as number | null;
  }

  /** Ends the input, and returns the exit status and what came after all. */
  async end(): Promise<{ code: number | null; replies: Reply[]; stderr: string }> {
    let stderr = '';
    this.process.stderr.on('data', (text) => (stderr += text));
    const exited = once(this.process, 'close');
    this.process.stdin.end();
    const replies: Reply[] = [];
    for (let next = await this.lines.next(); !next.done; next = await this.lines.next())
      replies.push(JSON.parse(next.value) as Reply);
    const [code] = (await exited) as [number | null];
    return { code, replies, stderr };
  }
}
