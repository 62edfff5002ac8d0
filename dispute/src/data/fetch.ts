import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import { isPublicAddress } from './address.js';

/** What a player accepts from an address that somebody else has put on the chain. */
export interface FetchOptions {
  /** For all of it, redirects included. */
  timeoutMs: number;
  /** Also over http, without the certificate that https wants. */
  allowHttp: boolean;
  /** The addresses to which it connects. */
  isAllowed: (address: string) => boolean;
  /** Where ipfs: is asked for, at `/ipfs/` below it; the user's own choice, so that it may be any address. */
  ipfsGateway: string | null;
}

export const defaultFetchOptions: FetchOptions = {
  timeoutMs: 60_000,
  allowHttp: false,
  isAllowed: isPublicAddress,
  ipfsGateway: null,
};

/** The data are not to be had, or not in a way that is accepted. */
export class FetchError extends Error {}

const maxRedirects = 5;
const redirects = [301, 302, 303, 307, 308];

/** Where a connection goes, and whether it is the gateway, which is trusted. */
interface Target {
  url: URL;
  isGateway: boolean;
}

function parse(uri: string, base?: URL): URL {
  try {
    return new URL(uri, base);
  } catch {
    throw new FetchError('not a URI');
  }
}

function targetOf(uri: string, { ipfsGateway }: FetchOptions): Target {
  const url = parse(uri);
  if (url.protocol !== 'ipfs:') return { url, isGateway: false };
  if (ipfsGateway === null) throw new FetchError('no gateway for ipfs:');
  // Nothing that would lead out of /ipfs/. URL keeps upper and lower case where a scheme is not one of the web's.
  if (!/^[a-zA-Z0-9]+$/.test(url.host)) throw new FetchError('not a content address');
  return { url: parse(`${ipfsGateway.replace(/\/$/, '')}/ipfs/${url.host}${url.pathname}`), isGateway: true };
}

function checkTarget({ url, isGateway }: Target, { allowHttp, isAllowed }: FetchOptions): void {
  const isHttp = url.protocol === 'http:';
  if (url.protocol !== 'https:' && !isHttp) throw new FetchError(`${url.protocol} is not fetched`);
  if (isHttp && !allowHttp && !isGateway) throw new FetchError('http: is not fetched without --allow-http');
  if (url.username !== '' || url.password !== '') throw new FetchError('an address with a user is not fetched');
  // What is no name is not looked up.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isGateway && !isAllowed(host)) throw new FetchError(`${host} is not a public address`);
}

/** Looks a name up, and refuses it if any of its addresses is. The connection goes to what has been checked. */
const checkedLookup = (isAllowed: (address: string) => boolean): LookupFunction => (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const refused = error ? undefined : addresses.find(({ address }) => !isAllowed(address));
    const [first] = addresses ?? [];
    if (error || refused || !first)
      return callback(error ?? new FetchError(`${hostname} has the address ${refused?.address}, which is not public`), '', 0);
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });

function open({ url, isGateway }: Target, signal: AbortSignal, { isAllowed }: FetchOptions): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  // Every connection is a new one, so that none escapes the check.
  const options = { agent: false, signal, headers: { 'accept-encoding': 'identity' } };
  const lookedUp = isGateway ? options : { ...options, lookup: checkedLookup(isAllowed) };
  return new Promise((resolve, reject) => request(url, lookedUp).once('response', resolve).once('error', reject).end());
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new FetchError(`larger than ${maxBytes} bytes`);
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) throw tooLarge();
    pieces.push(piece);
  }
  if (!response.complete) throw new FetchError('cut off');
  return Buffer.concat(pieces);
}

async function follow(uri: string, maxBytes: number, signal: AbortSignal, options: FetchOptions): Promise<Uint8Array> {
  let target = targetOf(uri, options);
  for (let i = 0; i <= maxRedirects; ++i) {
    checkTarget(target, options);
    const response = await open(target, signal, options);
    try {
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) return await readBody(response, maxBytes);
      if (!redirects.includes(statusCode) || headers.location === undefined) throw new FetchError(`status ${statusCode}`);
      target = { url: parse(headers.location, target.url), isGateway: false };
    } finally {
      response.destroy();
    }
  }
  throw new FetchError(`more than ${maxRedirects} redirects`);
}

/** Fetches at most so many bytes. Throws FetchError, which says why not. */
export async function fetchBytes(uri: string, maxBytes: number, options: FetchOptions): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    return await follow(uri, maxBytes, signal, options);
  } catch (error) {
    if (signal.aborted) throw new FetchError(`not there after ${options.timeoutMs / 1000} s`);
    throw error instanceof FetchError ? error : new FetchError((error as Error).message);
  }
}
