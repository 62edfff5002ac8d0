import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { http, createTestClient, publicActions, walletActions } from 'viem';
import { foundry } from 'viem/chains';
import { UserError } from './userError.js';

/** The fork whose gas rules the project is measured under; anvil is pinned to it and asked whether it obeyed. */
const hardFork = 'osaka';

const startTimeoutMs = 30_000;

function createChainClient(url: string) {
  return createTestClient({ chain: foundry, mode: 'anvil', transport: http(url) })
    .extend(publicActions)
    .extend(walletActions);
}

export type ChainClient = ReturnType<typeof createChainClient>;

/** A request as it is: viem's typed one knows fewer methods, and its actions ask the chain much beside. */
export function rpc<Result>(client: ChainClient, method: string, ...params: unknown[]): Promise<Result> {
  return (client.request as (call: { method: string; params: unknown[] }) => Promise<Result>)({ method, params });
}

/** A local chain that lives as long as this process at most. */
export interface Anvil {
  readonly url: string;
  readonly client: ChainClient;
  stop(): Promise<void>;
}

/** The native program itself, not a node wrapper around it, so that the signal we send is the one that it gets. */
function anvilBinary(): string {
  const require = createRequire(import.meta.url);
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/anvil`;
  try {
    return require.resolve(name);
  } catch {
    throw new UserError(`${name} is not installed; run scripts/setup.sh`);
  }
}

/** Ends `child` with this process, however that ends: normally, by an exception or by a signal. */
function tieToProcess(child: ChildProcess): void {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal: NodeJS.Signals) => {
    kill();
    untie();
    process.kill(process.pid, signal);
  };
  const untie = () => {
    process.removeListener('exit', kill);
    for (const signal of signals) process.removeListener(signal, forward);
  };
  for (const signal of signals) process.once(signal, forward);
  child.once('exit', untie);
}

/** Resolves to the address that anvil announces once it answers requests. */
function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new UserError(`anvil ${why}`));
    };
    const timer = setTimeout(() => fail(`did not start within ${startTimeoutMs / 1000} s`), startTimeoutMs);
    let complaint = '';
    child.stderr!.on('data', (data) => (complaint += data));
    child.once('error', (error) => fail(`cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => fail(`ended with ${signal ?? code} while starting: ${complaint.trim()}`));
    // Reading goes on after the announcement, or anvil would block on a full pipe.
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const address = /^Listening on (\S+)$/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(`http://${address}`);
    });
  });
}

async function checkHardFork(client: ChainClient): Promise<void> {
  const info = await rpc<{ hardFork?: string }>(client, 'anvil_nodeInfo');
  if (info.hardFork?.toLowerCase() !== hardFork)
    throw new UserError(`anvil runs hard fork ${info.hardFork}, not ${hardFork}; gas would not be comparable`);
}

/** Starts anvil on a free port under the pinned hard fork. */
export async function startAnvil(): Promise<Anvil> {
  // The kernel ends anvil when this process dies without a chance to do so (SIGKILL).
  const untilDeath = ['--pdeathsig', 'KILL', '--', anvilBinary()];
  // Nobody asks for the states of old blocks, and keeping them makes thousands of steps slow.
  const options = ['--port', '0', '--hardfork', hardFork, '--prune-history'];
  const child = spawn('setpriv', [...untilDeath, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  tieToProcess(child);
  const url = await listeningUrl(child);
  child.removeAllListeners('error');
  const client = createChainClient(url);
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  try {
    await client.setLoggingEnabled(false);
    await checkHardFork(client);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, client, stop };
}
