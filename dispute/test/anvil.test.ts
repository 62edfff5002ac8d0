import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { startAnvil } from '../src/anvil.js';

async function answers(url: string): Promise<boolean> {
  try {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
    return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).ok;
  } catch {
    return false;
  }
}

/** The kernel takes a moment to deliver the signal, so the end is awaited rather than sampled. */
async function endsSoon(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 200; ++attempt) {
    if (!(await answers(url))) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** Starts a process that starts anvil and then runs `then`; resolves to the process and anvil's address. */
async function processWithAnvil(then: string) {
  const module = new URL('../src/anvil.js', import.meta.url).href;
  const script = `const { startAnvil } = await import('${module}');
    const anvil = await startAnvil();
    console.log(anvil.url);
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, exited, url };
}

test('two chains start on ports of their own and stop', async () => {
  const [first, second] = await Promise.all([startAnvil(), startAnvil()]);
  assert.notEqual(first.url, second.url);
  assert.ok((await answers(first.url)) && (await answers(second.url)));
  await first.stop();
  assert.equal(await answers(first.url), false);
  assert.ok(await answers(second.url), 'stopping one leaves the other alone');
  await second.stop();
  await second.stop();
  assert.equal(await answers(second.url), false);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} to the process ends its chain`, async () => {
    const { child, exited, url } = await processWithAnvil('setInterval(() => {}, 1000);');
    assert.ok(await answers(url));
    child.kill(signal);
    assert.deepEqual(await exited, [null, signal], 'the process itself still dies of the signal');
    assert.ok(await endsSoon(url));
  });
}

test('a crash of the process ends its chain', async () => {
  const { exited, url } = await processWithAnvil("setTimeout(() => { throw new Error('crash'); }, 100);");
  assert.deepEqual(await exited, [1, null]);
  assert.ok(await endsSoon(url));
});
