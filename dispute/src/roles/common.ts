import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicClient, http, isAddress } from 'viem';
import { readAccount } from '../chain/keys.js';
import { Opml } from '../chain/opml.js';
import { EventReader } from '../chain/reader.js';
import { Sender } from '../chain/sender.js';
import type { Arguments } from '../command.js';
import { isPublicAddress } from '../data/address.js';
import { Inputs } from '../data/inputs.js';
import { KeptInputs } from '../data/keptInputs.js';
import { compileModels } from '../oracle/models.js';
import { Runs } from '../oracle/runs.js';
import { UserError } from '../userError.js';
import { type Say, speaker } from './say.js';

export const accountOptions = {
  rpc: { type: 'string' },
  keystore: { type: 'string' },
  'fee-cap': { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const chainOptions = {
  ...accountOptions,
  contract: { type: 'string' },
  'from-block': { type: 'string' },
  model: { type: 'string', multiple: true },
} as const;

/** What those take who need the inputs of others' jobs. */
export const playerOptions = {
  ...chainOptions,
  'min-clock': { type: 'string' },
  'max-input': { type: 'string' },
  'fetch-timeout': { type: 'string' },
  'allow-http': { type: 'boolean' },
  'allow-local': { type: 'boolean' },
  'ipfs-gateway': { type: 'string' },
  data: { type: 'string' },
} as const;

export const accountHelp = `  --rpc URL              the chain's JSON-RPC endpoint
  --keystore FILE        the account's key (version 3), with its password in OPML_KEYSTORE_PASSWORD; by default the
                         key itself in OPML_PRIVATE_KEY
  --fee-cap WEI          what gas may cost at most, by default 500 gwei
  --json                 lines of JSON
  --help                 this text`;

export const chainHelp = `  --contract ADDRESS     where Opml is deployed
  --from-block N         the block that the contract was deployed in, by default 0
  --model FILE.onnx      a model to play about, which is compiled first; may be repeated
${accountHelp}`;

export const playerHelp = `  --min-clock SECONDS    leave jobs alone that give each side of a game less time, by default 600
  --max-input BYTES      leave jobs alone whose inputs are larger, by default 64 MiB
  --fetch-timeout S      seconds in which an input has to come that a job says to lie elsewhere, by default 60
  --allow-http           fetch inputs by http:, too
  --allow-local          fetch inputs from private and local addresses, too
  --ipfs-gateway URL     where inputs of ipfs: are asked for
  --data DIR             keeps inputs that were fetched, for the time after a restart; by default they are fetched again
${chainHelp}`;

export function text({ values }: Arguments, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new UserError(`--${name} is missing`);
  return value;
}

export function amount({ values }: Arguments, name: string, otherwise: bigint): bigint {
  const value = values[name];
  if (value === undefined) return otherwise;
  if (typeof value !== 'string' || !/^\d+$/.test(value)) throw new UserError(`--${name} ${String(value)} is not a number`);
  return BigInt(value);
}

/** What every command about a chain works with. */
export interface Player {
  opml: Opml;
  reader: EventReader;
  runs: Runs;
  say: Say;
}

/** The account of a command on its chain. */
export async function openAccount(name: string, parsed: Arguments) {
  const client = createPublicClient({ transport: http(text(parsed, 'rpc'), { retryCount: 5 }), cacheTime: 0 });
  const say = speaker(name, parsed.values['json'] === true);
  const account = await readAccount(parsed.values['keystore'] as string | undefined);
  const feeCap = amount(parsed, 'fee-cap', 500_000_000_000n);
  return { client, sender: new Sender(client, account, { feeCap, say }), say };
}

/** How a player gets at inputs that lie elsewhere. */
function inputsFor(parsed: Arguments, say: Say): Inputs {
  const { values } = parsed;
  const gateway = values['ipfs-gateway'];
  if (gateway !== undefined && !URL.canParse(String(gateway))) throw new UserError(`--ipfs-gateway ${String(gateway)} is not a URL`);
  const folder = values['data'];
  return new Inputs({
    fetch: {
      timeoutMs: 1000 * Number(amount(parsed, 'fetch-timeout', 60n)),
      allowHttp: values['allow-http'] === true,
      isAllowed: values['allow-local'] === true ? () => true : isPublicAddress,
      ipfsGateway: typeof gateway === 'string' ? gateway : null,
    },
    maxBytes: Number(amount(parsed, 'max-input', 1n << 26n)),
    kept: typeof folder === 'string' ? new KeptInputs(folder) : null,
    say,
  });
}

/** Sets a player up from its arguments, lets it work, and cleans up behind it. */
export async function withPlayer<T>(name: string, parsed: Arguments, use: (player: Player) => Promise<T>): Promise<T> {
  const contract = text(parsed, 'contract');
  if (!isAddress(contract)) throw new UserError(`--contract ${contract} is not an address`);
  const { client, sender, say } = await openAccount(name, parsed);
  const folder = await mkdtemp(join(tmpdir(), 'opml-models-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const images = await compileModels((parsed.values['model'] as string[] | undefined) ?? [], folder);
    for (const [modelRoot, image] of images) say('knows a model', { modelRoot, image });
    const runs = new Runs(images, undefined, inputsFor(parsed, say));
    try {
      const reader = new EventReader(client, contract, amount(parsed, 'from-block', 0n));
      return await use({ opml: new Opml(client, contract, sender), reader, runs, say });
    } finally {
      await runs.stop();
    }
  } finally {
    await removeFolder();
  }
}

const pollMs = 1000;

/** What is owed is taken out once it is so many times what that costs. */
const worthwhile = 20n;
const withdrawalGas = 45_000n;

async function collect(opml: Opml, say: Say): Promise<void> {
  const owed = await opml.balanceOf(opml.sender.address);
  if (owed <= worthwhile * withdrawalGas * (await opml.client.getGasPrice())) return;
  await opml.withdraw();
  say('takes out what it is owed', { wei: owed });
}

/** Steps until it is told to stop, and collects what that earns. A chain that cannot be reached is asked again. */
export async function follow(step: () => Promise<number>, { opml, reader, runs, say }: Player): Promise<number> {
  let stopped = false;
  const stop = () => void (stopped = true);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  while (!stopped) {
    let done = 0;
    try {
      done = await step();
      if (done > 0) continue;
      await collect(opml, say);
      const { timestamp } = await opml.client.getBlock();
      await runs.tidy(reader.ledger.jobs.values(), Number(timestamp));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      say('could not go on, and tries again', { why: error.message.split('\n')[0] });
    }
    if (done === 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return 0;
}
