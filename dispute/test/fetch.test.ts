import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { isPublicAddress } from '../src/data/address.js';
import { FetchError, type FetchOptions, defaultFetchOptions, fetchBytes } from '../src/data/fetch.js';

const content = Buffer.from('the bytes of a tensor');

const redirectTo = (location: string) => (_: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(302, { location }).end();

/** What the server does, by path. */
const pages: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/good': (_, response) => void response.end(content),
  '/ipfs/QmCid/x': (_, response) => void response.end(content),
  '/endless': (_, response) => {
    const send = () => void (response.destroyed || response.write(Buffer.alloc(1 << 16), send));
    send();
  },
  '/declared': (_, response) => void response.writeHead(200, { 'content-length': 1 << 30 }).write('x'),
  // The header and the first bytes come at once, and nothing after them.
  '/drip': (_, response) => void response.writeHead(200, { 'content-length': 5 }).write('x'),
  '/silent': () => {},
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write(content, () => response.destroy());
  },
  '/near': redirectTo('/good'),
  '/round': redirectTo('/round'),
  '/metadata': redirectTo('http://169.254.169.254/latest/meta-data'),
  '/private': redirectTo('http://10.1.2.3/x'),
  '/file': redirectTo('file:///etc/passwd'),
};

const server = createServer((request, response) => {
  const page = pages[request.url ?? ''];
  if (page) page(request, response);
  else response.writeHead(404).end('nothing here');
});
let port: number;
/** Takes this server for a public one. */
let options: FetchOptions;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  const isAllowed = (address: string) => address === '127.0.0.1' || isPublicAddress(address);
  options = { ...defaultFetchOptions, allowHttp: true, isAllowed };
});

after(() => {
  server.closeAllConnections();
  server.close();
});

const get = (uri: string, changed: Partial<FetchOptions> = {}) =>
  fetchBytes(uri.startsWith('/') ? `http://127.0.0.1:${port}${uri}` : uri, content.length, { ...options, ...changed });

const refuses = (promise: Promise<unknown>, why: RegExp) =>
  assert.rejects(promise, (error) => error instanceof FetchError && why.test(error.message));

test('what lies there is fetched, also behind a redirect', async () => {
  for (const path of ['/good', '/near']) assert.deepEqual(Buffer.from(await get(path)), content);
});

test('more than was asked for is not taken', async () => {
  for (const path of ['/endless', '/declared']) await refuses(get(path), /larger than/);
  await refuses(fetchBytes(`http://127.0.0.1:${port}/good`, content.length - 1, options), /larger than/);
});

test('a server that is slow on purpose is given up', async () => {
  for (const path of ['/drip', '/silent']) await refuses(get(path, { timeoutMs: 200 }), /not there after 0.2 s/);
});

test('what is missing or cut off is an error', async () => {
  await refuses(get('/nowhere'), /status 404/);
  await refuses(get('/cut'), /./);
  await refuses(get('http://127.0.0.1:1/'), /ECONNREFUSED/);
});

test('redirects lead neither to private addresses, nor to files, nor in a circle', async () => {
  await refuses(get('/metadata'), /169.254.169.254 is not a public address/);
  await refuses(get('/private'), /10.1.2.3 is not a public address/);
  await refuses(get('/file'), /file: is not fetched/);
  await refuses(get('/round'), /more than 5 redirects/);
});

test('only https, unless the user wants http as well', async () => {
  await refuses(get('/good', { allowHttp: false }), /http: is not fetched/);
  for (const uri of ['file:///etc/passwd', 'ftp://example.org/x', 'data:,x', 'javascript:0'])
    await refuses(get(uri), /is not fetched/);
  await refuses(get('x'), /not a URI/);
  await refuses(get('http://user:secret@example.org/'), /with a user/);
});

test('local addresses are not connected to, however they are written', async () => {
  const hosts = ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '017700000001', '[::1]', '[::ffff:127.0.0.1]', '[::]', '0.0.0.0'];
  for (const host of hosts)
    await refuses(get(`http://${host}:${port}/good`, { isAllowed: isPublicAddress }), /not a public address|which is not public/);
});

test('ipfs is asked for at the gateway that the user names, which may be local', async () => {
  await refuses(get('ipfs://QmCid/x'), /no gateway/);
  const gateway = { ipfsGateway: `http://127.0.0.1:${port}/`, allowHttp: false, isAllowed: isPublicAddress };
  assert.deepEqual(Buffer.from(await get('ipfs://QmCid/x', gateway)), content);
  await refuses(get('ipfs://QmCid/y', gateway), /status 404/);
  // Not to another page of the gateway.
  await refuses(get('ipfs://../../good', gateway), /not a content address/);
});

test('public addresses are told from those that are not', () => {
  for (const address of ['1.1.1.1', '93.184.215.14', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2a00:1450:4001::1'])
    assert.ok(isPublicAddress(address), address);
  const others = ['10.0.0.1', '127.8.9.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'];
  const more = ['0.0.0.0', '255.255.255.255', '224.0.0.1', '198.18.0.1', '192.0.2.1', '240.0.0.1'];
  const v6 = ['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:8.8.8.8', '64:ff9b::7f00:1'];
  const embedded = ['2002:7f00:1::', '2001:0:7f00:1::', '2001:db8::1', '::127.0.0.1'];
  for (const address of [...others, ...more, ...v6, ...embedded]) assert.ok(!isPublicAddress(address), address);
});
