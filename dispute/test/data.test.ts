import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { type Hex, isAddressEqual, zeroAddress } from 'viem';
import type { JobView } from '../src/chain/ledger.js';
import { EventReader } from '../src/chain/reader.js';
import { contractsFolder } from '../src/command.js';
import { isPublicAddress } from '../src/data/address.js';
import { type InputOptions, Inputs } from '../src/data/inputs.js';
import { KeptInputs } from '../src/data/keptInputs.js';
import { ChoppedTensor } from '../src/data/tensor.js';
import { defaultFetchOptions } from '../src/data/fetch.js';
import { LyingRun } from '../src/demo/lyingRun.js';
import { type Side, Stage, purse, wealth } from '../src/demo/stage.js';
import { Runs } from '../src/oracle/runs.js';
import { ServedRun } from '../src/oracle/served.js';
import { writeNpy } from '../src/oracle/tensorFile.js';
import { RequesterRole, defaultConditions, requestRun } from '../src/roles/requester.js';
import { ServerRole } from '../src/roles/server.js';
import { VerifierRole } from '../src/roles/verifier.js';
import { runOk, temporaryFolder } from '../../test/node/support/project.js';
import { negations } from './onnxModel.js';

const count = 20_000;
/** 80,000 bytes, that is three pieces, of any values. */
const numbers = Buffer.from(Float32Array.from({ length: count }, (_, i) => Math.sin(i)).buffer);
const mask = Buffer.from([1, 0, 1]);
const day = defaultConditions.clock;

/** What the web server has under `/x` and `/m`; tests change it. */
type Page = Buffer | ((response: ServerResponse) => void);
let pages: Record<string, Page>;
let asked = 0;

const web = createServer((request, response) => {
  ++asked;
  const page = pages[request.url ?? ''];
  if (typeof page === 'function') page(response);
  else if (page) response.end(page);
  else response.writeHead(404).end();
});

const folder = temporaryFolder();
const image = join(folder, 'negations.opml');
let stage: Stage;
let requested: ServedRun;
let uris: string[];
const stops: (() => Promise<void>)[] = [];

before(async () => {
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;
  uris = ['x', 'm'].map((path) => `http://127.0.0.1:${port}/${path}`);
  await writeFile(join(folder, 'negations.onnx'), negations(count));
  await runOk('opml-compile', [join(folder, 'negations.onnx'), '-o', image]);
  await writeNpy(join(folder, 'x.npy'), 'float32', [count], numbers);
  await writeNpy(join(folder, 'm.npy'), 'bool', [3], mask);
  requested = await ServedRun.start(image, ['x', 'm'].map((name) => `${name}=${join(folder, `${name}.npy`)}`));
  stage = await Stage.open(contractsFolder);
});

beforeEach(() => {
  pages = { '/x': numbers, '/m': mask };
});

after(async () => {
  await Promise.all([requested?.stop(), ...stops.map((stop) => stop())]);
  await stage.close();
  web.closeAllConnections();
  web.close();
});

const isAllowed = (address: string) => address === '127.0.0.1' || isPublicAddress(address);

/** Runs of a player that takes the web server for a public one, and does not give up for long. */
function newRuns(options: Partial<InputOptions> = {}): { runs: Runs; lines: string[] } {
  const lines: string[] = [];
  const fetch = { ...defaultFetchOptions, timeoutMs: 300, allowHttp: true, isAllowed };
  const inputs = new Inputs({ fetch, retryMs: 0, say: (line) => lines.push(line), ...options });
  const runs = new Runs(new Map([[requested.header.modelRoot, image]]), undefined, inputs);
  stops.push(() => runs.stop());
  return { runs, lines };
}

interface Scene {
  jobId: Hex;
  requester: Side;
  server: Side;
  verifier: Side;
  said: string[];
}

async function begin(sent = uris): Promise<Scene> {
  const [requester, server, verifier] = await Promise.all(['requester', 'server', 'verifier'].map((who) => stage.side(who)));
  const conditions = { ...defaultConditions, server: server!.opml.sender.address, fee: 10n ** 16n };
  const jobId = await requestRun(requester!.opml, requested, { uris: sent }, conditions);
  return { jobId, requester: requester!, server: server!, verifier: verifier!, said: [] };
}

const sayOf = ({ said }: Scene, who: string) => (what: string) => void said.push(`${who} ${what}`);

function serverOf(scene: Scene, runs: Runs, isLiar = false, publishes = true): ServerRole {
  const lie = { by: 'server', node: 0, kind: 'register' } as const;
  const runOf = async (job: JobView) => {
    const run = await runs.of(job);
    return run && isLiar ? new LyingRun(run, lie) : run;
  };
  const { opml, reader } = scene.server;
  return new ServerRole(opml, reader, runOf, sayOf(scene, 'server'), publishes ? { data: runs } : {});
}

function verifierOf(scene: Scene, runs: Runs, maxDeposit = 10n ** 18n, side = scene.verifier): VerifierRole {
  const options = { lacksInputs: (job: JobView) => runs.lacksInputs(job), maxDeposit };
  return new VerifierRole(side.opml, side.reader, (job) => runs.of(job), sayOf(scene, side.name), options);
}

/** Steps until it has happened; what is fetched takes its time. */
async function until(scene: Scene, roles: { step(): Promise<unknown> }[], what: () => boolean): Promise<void> {
  for (let i = 0; !what(); ++i) {
    assert.ok(i < 2000, `it has not happened: ${scene.said.join('\n')}`);
    for (const role of roles) await role.step();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const has = (scene: Scene, line: string) => () => scene.said.includes(line);
const times = (scene: Scene, line: string): number => scene.said.filter((said) => said === line).length;

async function statusOf({ jobId, requester }: Scene): Promise<JobView> {
  await requester.reader.poll();
  return requester.reader.ledger.jobs.get(jobId)!;
}

test('inputs are fetched from where the job says, and nothing is demanded', async () => {
  const scene = await begin();
  const server = serverOf(scene, newRuns().runs);
  await until(scene, [server], has(scene, 'server answers'));
  await until(scene, [verifierOf(scene, newRuns().runs)], has(scene, 'verifier finds the result right'));
  await stage.wait(4 * day);
  await until(scene, [server], has(scene, 'server finalises its answer'));
  assert.equal((await statusOf(scene)).outputRoot, await requested.outputRoot());
});

const redirectTo = (location: string): Page => (response) => void response.writeHead(302, { location }).end();

const bad: [name: string, page: Page | undefined, why: RegExp, path?: string][] = [
  ['other bytes of the right length', Buffer.alloc(numbers.length, 7), /other inputs than the job says/],
  ['too few bytes', numbers.subarray(4), /has 79996 bytes instead of 80000/],
  ['too many bytes', Buffer.alloc(1 << 20), /larger than/],
  ['a redirect to a private address', redirectTo('http://192.168.0.1/x'), /192.168.0.1 is not a public address/],
  ['a redirect to a file', redirectTo('file:///etc/hostname'), /file: is not fetched/],
  ['bytes that drip', (response) => void response.write('x'), /not there after 0.3 s/],
  ['nothing', undefined, /status 404/],
  ['a bool that is 2', Buffer.from([1, 0, 2]), /input 1 has a bool that is neither 0 nor 1/, '/m'],
];

for (const [name, page, why, path = '/x'] of bad)
  test(`inputs are not taken: ${name}`, async () => {
    const scene = await begin();
    const good = pages[path]!;
    if (page) pages[path] = page;
    else delete pages[path];
    const { runs, lines } = newRuns();
    await until(scene, [serverOf(scene, runs)], () => lines.length > 0);
    assert.match(lines[0]!, why);
    assert.deepEqual(scene.said, [], 'the server leaves the job alone');
    // What was missing may come.
    pages[path] = good;
    await until(scene, [serverOf(scene, runs)], has(scene, 'server answers'));
  });

test('as many addresses as inputs', async () => {
  const scene = await begin(uris.slice(1));
  const { runs, lines } = newRuns();
  await until(scene, [serverOf(scene, runs)], () => lines.length > 0);
  assert.match(lines[0]!, /1 addresses for 2 inputs/);
});

test('inputs that are larger than a player takes are not asked for', async () => {
  const scene = await begin();
  const server = serverOf(scene, newRuns({ maxBytes: numbers.length }).runs);
  const before = asked;
  for (let i = 0; i < 5; ++i) await server.step();
  assert.equal(asked, before);
  assert.deepEqual(scene.said, []);
});

test('jobs whose clocks are too short, or that pay too little, are left alone', async () => {
  const scene = await begin();
  const { runs } = newRuns();
  const options = { data: runs, minClock: day + 1 };
  const { opml, reader } = scene.server;
  const hasty = new ServerRole(opml, reader, (job) => runs.of(job), sayOf(scene, 'hasty'), options);
  const greedy = new ServerRole(opml, reader, (job) => runs.of(job), sayOf(scene, 'greedy'), { minFee: 10n ** 16n + 1n });
  const job = await statusOf(scene);
  let isReady = false;
  await until(scene, [{ step: async () => (isReady = (await runs.of(job)) !== null) }], () => isReady);
  for (let i = 0; i < 3; ++i) for (const role of [hasty, greedy]) await role.step();
  assert.equal(scene.said.length, 0);
  await until(scene, [serverOf(scene, runs, true)], has(scene, 'server answers'));
  const { opml: own, reader: view } = scene.verifier;
  const wary = new VerifierRole(own, view, (job) => runs.of(job), sayOf(scene, 'wary'), { minClock: day + 1 });
  for (let i = 0; i < 3; ++i) await wary.step();
  await until(scene, [verifierOf(scene, runs)], has(scene, 'verifier challenges'));
  assert.ok(!scene.said.some((line) => line.startsWith('wary')), scene.said.join('\n'));
});

test('a slow server of one job keeps nobody from another', async () => {
  const slow = await begin();
  const { runs } = newRuns({ fetch: { ...defaultFetchOptions, timeoutMs: 60_000, allowHttp: true, isAllowed } });
  pages['/x'] = (response) => void response.write('x');
  const first = serverOf(slow, runs);
  await until(slow, [first], () => asked > 0);
  pages['/x'] = numbers;
  const scene = await begin();
  await until(scene, [first, serverOf(scene, runs)], has(scene, 'server answers'));
  web.closeAllConnections();
});

test('withheld inputs: a result dies whose server does not publish them, and the demander gains', async () => {
  const scene = await begin();
  await until(scene, [serverOf(scene, newRuns().runs, false, false)], has(scene, 'server answers'));
  pages = {};
  const verifier = verifierOf(scene, newRuns().runs);
  await until(scene, [verifier], has(scene, 'verifier demands publication'));
  await stage.wait(day);
  await verifier.step();
  assert.equal((await statusOf(scene)).status, 'answered', 'until the deadline has passed');
  await stage.wait(2);
  await until(scene, [verifier], has(scene, 'verifier ends a result whose data were withheld'));
  assert.equal((await statusOf(scene)).status, 'open');
  assert.ok((await wealth(scene.verifier)) > purse, 'gas included');
  assert.ok((await wealth(scene.server)) < purse - 10n ** 17n, 'the server has lost its bond');
});

test('demanded inputs are published, and the server is paid for that', async () => {
  const scene = await begin();
  const server = serverOf(scene, newRuns().runs);
  await until(scene, [server], has(scene, 'server answers'));
  pages = {};
  const verifier = verifierOf(scene, newRuns().runs);
  await until(scene, [verifier], has(scene, 'verifier demands publication'));
  await until(scene, [server], () => times(scene, 'server publishes') === 4);
  await until(scene, [server, verifier], has(scene, 'verifier finds the result right'));
  assert.equal(times(scene, 'server publishes'), 4, 'three pieces and one');
  await stage.wait(4 * day);
  await until(scene, [server], has(scene, 'server finalises its answer'));
  assert.ok((await wealth(scene.server)) > purse, 'gas included');
});

test('a lie about withheld inputs is found out in the window that their publication opens', async () => {
  const scene = await begin();
  const liar = serverOf(scene, newRuns().runs, true);
  await until(scene, [liar], has(scene, 'server answers'));
  pages = {};
  // At the last moment.
  await stage.wait(4 * day - 60);
  const verifier = verifierOf(scene, newRuns().runs);
  await until(scene, [verifier], has(scene, 'verifier demands publication'));
  await stage.wait(day / 2);
  await until(scene, [liar], () => times(scene, 'server publishes') === 4);
  await until(scene, [verifier], has(scene, 'verifier challenges'));
  await until(scene, [liar, verifier], has(scene, 'verifier executeStep'));
  assert.equal((await statusOf(scene)).attempt, 1, 'the result is dead');
  assert.ok((await wealth(scene.verifier)) > purse, 'the verifier has won');
});

test('who demands nothing by default leaves a result alone whose inputs are missing', async () => {
  const scene = await begin();
  await until(scene, [serverOf(scene, newRuns().runs)], has(scene, 'server answers'));
  pages = {};
  const { runs, lines } = newRuns();
  await until(scene, [verifierOf(scene, runs, 0n)], () => lines.length > 2);
  assert.equal((await statusOf(scene)).demands.size, 0);
  // Nor for more than it was told to.
  await until(scene, [verifierOf(scene, runs, 1000n)], has(scene, 'verifier is refused by the chain'));
  assert.equal((await statusOf(scene)).demands.size, 0);
});

test('a server that is started again has the inputs that nobody else has any more', async () => {
  const scene = await begin();
  const kept = new KeptInputs(join(folder, 'kept'));
  const fromBlock = await scene.server.opml.client.getBlockNumber();
  await until(scene, [serverOf(scene, newRuns({ kept }).runs)], has(scene, 'server answers'));
  pages = {};
  const verifier = verifierOf(scene, newRuns().runs);
  await until(scene, [verifier], has(scene, 'verifier demands publication'));
  scene.server.reader = new EventReader(scene.server.opml.client, stage.address, fromBlock - 4n);
  const { runs, lines } = newRuns({ kept });
  const server = serverOf(scene, runs);
  await until(scene, [server], () => times(scene, 'server publishes') === 4);
  assert.deepEqual(lines, []);
  await stage.wait(4 * day);
  await until(scene, [server], has(scene, 'server finalises its answer'));
  const { time } = await scene.server.reader.poll();
  await runs.tidy(scene.server.reader.ledger.jobs.values(), time);
  assert.equal(await kept.read(scene.jobId, 2), null, 'and forgets them when the result is final');
});

test('the requester publishes its inputs if the server does not, and gets the outputs', async () => {
  const scene = await begin();
  const { runs } = newRuns();
  await until(scene, [serverOf(scene, runs, false, false)], has(scene, 'server answers'));
  pages = {};
  const verifier = verifierOf(scene, newRuns().runs);
  await until(scene, [verifier], has(scene, 'verifier demands publication'));
  const data = { tensors: async () => [numbers, mask] };
  const options = { data, maxDeposit: 10n ** 18n, outputs: requested.header.outputs };
  const requester = new RequesterRole(scene.requester.opml, scene.requester.reader, scene.jobId, sayOf(scene, 'requester'), options);
  await requester.step();
  assert.ok(!scene.said.includes('requester publishes'), 'the server has half of the time');
  await stage.wait(day / 2 + 1);
  await until(scene, [requester], () => times(scene, 'requester publishes') === 4);
  assert.ok(scene.said.includes('requester demands publication'), 'of the outputs');
  await until(scene, [serverOf(scene, runs)], () => times(scene, 'server publishes') === 4);
  const outputs = requester.outputsOf((await requester.step())!)!;
  const negated = new Float32Array(Uint8Array.from(outputs[0]!).buffer);
  assert.ok(negated.every((value, i) => value === -Math.fround(Math.sin(i))));
  assert.deepEqual([...outputs[1]!], [1, 0, 1]);
});

test('a deposit comes back when the result dies otherwise', async () => {
  const scene = await begin();
  await until(scene, [serverOf(scene, newRuns().runs, true, false)], has(scene, 'server answers'));
  const blind = await stage.side('demander');
  blind.reader = scene.verifier.reader;
  const { runs } = newRuns();
  const verifier = verifierOf(scene, runs);
  await until(scene, [verifier], has(scene, 'verifier challenges'));
  pages = {};
  const demander = verifierOf(scene, newRuns().runs, 10n ** 18n, blind);
  await until(scene, [demander], has(scene, 'demander demands publication'));
  const before = await wealth(blind);
  await stage.wait(day + 1);
  await until(scene, [verifier], has(scene, 'verifier calls time'));
  await until(scene, [demander], has(scene, 'demander takes its deposit back'));
  assert.ok((await wealth(blind)) > before);
  assert.ok((await wealth(blind)) > purse - 10n ** 16n, 'all but gas');
});

test('outputs that are small enough are sent with the answer', async () => {
  const scene = await begin();
  const { runs } = newRuns();
  const { opml, reader } = scene.server;
  const options = { data: runs, answerBytes: 80_003 };
  const server = new ServerRole(opml, reader, (job) => runs.of(job), sayOf(scene, 'server'), options);
  await until(scene, [server], has(scene, 'server answers'));
  const job = await statusOf(scene);
  assert.equal(job.outputs.get(job.outputRoot!)?.size, 2);
  assert.ok(isAddressEqual(job.terms.requester, scene.requester.opml.sender.address) && job.terms.server !== zeroAddress);
});

test('the root of a tensor in pieces is that of the value', async () => {
  const roots = await Promise.all(requested.header.inputs.map(async ({ value }) => (await requested.value(0, value)).root));
  assert.deepEqual([numbers, mask].map((tensor) => new ChoppedTensor(tensor).root), roots);
});
