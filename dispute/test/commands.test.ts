import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { keyVariable } from '../src/chain/keys.js';
import { contractsFolder } from '../src/command.js';
import { Stage, purse } from '../src/demo/stage.js';
import { checkError } from '../../test/node/support/errors.js';
import { readArray } from '../../test/node/support/npy.js';
import { run, runOk, temporaryFolder, tool } from '../../test/node/support/project.js';
import { digitsInput, digitsModel } from './support.js';

let stage: Stage;
const running: ChildProcess[] = [];

before(async () => {
  stage = await Stage.open(contractsFolder);
});

after(async () => {
  for (const child of running) child.kill('SIGKILL');
  await stage.close();
});

interface Line {
  what: string;
}

interface Player {
  child: ChildProcess;
  lines: Line[];
}

/** A command with an account of its own, and the lines that it says. */
async function start(command: string, ...args: string[]): Promise<Player> {
  const key = generatePrivateKey();
  await stage.anvil.client.setBalance({ address: privateKeyToAccount(key).address, value: purse });
  const chain = ['--rpc', stage.anvil.url, '--contract', stage.address, '--model', digitsModel, '--json'];
  const child = spawn(tool('opml-dispute'), [command, ...chain, ...args], {
    env: { ...process.env, [keyVariable]: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines: Line[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => lines.push(JSON.parse(line) as Line));
  return { child, lines };
}

/** Waits until a command says this. */
async function heard({ child, lines }: Player, what: string): Promise<void> {
  while (!lines.some((line) => line.what === what)) {
    assert.equal(child.exitCode, null, `it ended before it said '${what}', with: ${JSON.stringify(lines)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a requester gets an answer that a verifier finds right', async () => {
  const clock = 86_400;
  const [server, verifier] = await Promise.all([start('server'), start('verifier')]);
  const requester = await start('requester', '--input', digitsInput, '--fee', '1000', '--clock', String(clock));
  const exited = once(requester.child, 'exit');
  await heard(server, 'commits to an answer');
  await stage.wait(60);
  await heard(server, 'answers');
  await heard(verifier, 'finds the result right');
  await stage.wait(4 * clock);
  await heard(server, 'finalises its answer');
  await heard(server, 'takes out what it is owed');
  assert.deepEqual(await exited, [0, null]);
  for (const { child } of [server, verifier]) {
    const stopped = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual(await stopped, [0, null]);
  }
  assert.ok(requester.lines.some(({ what }) => what === 'the job is final'));
});

test('inputs lie on a web server, and the requester gets the outputs', async () => {
  const web = createServer(async (_, response) => response.end(await readFile(digitsInput)));
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const uri = `http://127.0.0.1:${(web.address() as AddressInfo).port}/7.npy`;
  const folder = temporaryFolder();
  try {
    const players = ['--allow-http', '--allow-local', '--data', join(folder, 'inputs')];
    const [server, verifier] = await Promise.all([start('server', ...players), start('verifier', ...players)]);
    const requester = await start('requester', '--input', digitsInput, '--uri', uri, '-o', join(folder, 'outputs'));
    await heard(server, 'commits to an answer');
    await stage.wait(60);
    await heard(verifier, 'finds the result right');
    const exited = once(requester.child, 'exit');
    await stage.wait(4 * 86_400);
    assert.deepEqual(await exited, [0, null]);
  } finally {
    web.closeAllConnections();
    web.close();
  }
  const image = join(folder, 'digits.opml');
  await runOk('opml-compile', [digitsModel, '-o', image]);
  await runOk('opml-run', [image, '--input', digitsInput, '-o', join(folder, 'run')]);
  const [name] = await readdir(join(folder, 'run'));
  const [known, got] = await Promise.all([readArray(join(folder, 'run', name!)), readArray(join(folder, 'outputs', '0.npy'))]);
  assert.deepEqual(got, known);
});

const errors: [string, string[], RegExp][] = [
  ['no command', [], /expected a command: deploy, server, verifier, requester, demo, arbitrate/],
  ['an unknown option', ['server', '--key', '0x1'], /Unknown option '--key'/],
  ['no contract', ['server', '--rpc', 'http://localhost:1'], /--contract is missing/],
  ['a contract that is no address', ['server', '--rpc', 'http://localhost:1', '--contract', 'x'], /is not an address/],
  ['no lie', ['demo', 'image'], /--lie is missing/],
  ['a lie about nothing', ['demo', 'image', '--lie', 'step=3'], /node=N is missing/],
  ['an unknown lie', ['demo', 'image', '--lie', 'node=0,kind=white'], /'kind=white' is not known/],
  ['no image', ['demo', '/nowhere', '--lie', 'node=0'], /manifest.json: cannot be read/],
];

for (const [name, args, message] of errors)
  test(`${name}: one line of error`, async () => checkError(await run(tool('opml-dispute'), args), message));

test('what deploy has deployed is the contract that the others use', async () => {
  const key = generatePrivateKey();
  const { client } = stage.anvil;
  await client.setBalance({ address: privateKeyToAccount(key).address, value: purse });
  const env = { ...process.env, [keyVariable]: key };
  const child = spawn(tool('opml-dispute'), ['deploy', '--rpc', stage.anvil.url, '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  const [status] = await once(child, 'close');
  assert.equal(status, 0);
  const line = said.trim().split('\n').map((text) => JSON.parse(text)).find(({ what }) => what === 'has deployed');
  assert.match(line.contract, /^0x[0-9a-fA-F]{40}$/);
  assert.notEqual(line.contract, stage.address);
  const [code, known] = await Promise.all([line.contract, stage.address].map((address) => client.getCode({ address })));
  // They differ in the address of MipsStep.
  assert.equal(code?.length, known?.length);
});
