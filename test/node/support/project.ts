import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The build tree that this file was compiled into (<build>/js/test/node/support), and the sources it belongs to. */
export const buildDir = fileURLToPath(new URL('../../../../', import.meta.url));
export const sourceDir = join(buildDir, '..', '..');

export const tool = (name: string): string => join(buildDir, 'bin', name);

const testdataDir = process.env['OPML_TESTDATA'] ?? join(sourceDir, '..', 'shared', 'testdata');
export const testdata = (path: string): string => join(testdataDir, path);

/** The `skip` option of a test that reads `path` of the third-party data: false, or why it is skipped. */
export const skipWithout = (path: string): string | false =>
  existsSync(testdata(path)) ? false : `skipped: ${path} of the test data is absent; see OPML_TESTDATA`;

/** True if the long set was asked for (scripts/test.sh --nightly). */
export const nightly = process.env['OPML_NIGHTLY'] === '1';

export interface Outcome {
  code: number | string;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, however that is. `code` is its exit status, or the signal that killed it. */
export function run(program: string, args: string[], options: { cwd?: string } = {}): Promise<Outcome> {
  return new Promise((resolve) =>
    execFile(program, args, { ...options, maxBuffer: 2 ** 30 }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? error.signal ?? 'unknown') : 0, stdout, stderr }),
    ),
  );
}

/** Runs a tool of the build that must succeed and returns what it printed. */
export async function runOk(name: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(tool(name), args);
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: exit ${code}: ${stderr}`);
  return stdout;
}

/** A folder that is removed when this process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'opml-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Applies `work` to all items, `width` of them at a time, and keeps their order. */
export async function parallel<T, R>(items: T[], width: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
