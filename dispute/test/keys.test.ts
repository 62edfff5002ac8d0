import assert from 'node:assert/strict';
import { createCipheriv, scryptSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { keccak256 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { keyVariable, passwordVariable, readAccount } from '../src/chain/keys.js';
import { UserError } from '../src/userError.js';
import { temporaryFolder } from '../../test/node/support/project.js';

const password = 'testpassword';
const key = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';

/** The test vector of the Web3 Secret Storage Definition with PBKDF2. That with scrypt has parameters that OpenSSL refuses. */
const withPbkdf2 = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: { c: 262144, dklen: 32, prf: 'hmac-sha256', salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd' },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  version: 3,
};

/** The same key as wallets store it. */
function withScrypt(): object {
  const kdfparams = { dklen: 32, n: 8192, r: 8, p: 1, salt: '5a'.repeat(32) };
  const derived = scryptSync(password, Buffer.from(kdfparams.salt, 'hex'), 32, { N: 8192, r: 8, p: 1 });
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv);
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(key.slice(2), 'hex')), cipher.final()]);
  const mac = keccak256(Buffer.concat([derived.subarray(16), ciphertext])).slice(2);
  const cipherparams = { iv: iv.toString('hex') };
  const crypto = { cipher: 'aes-128-ctr', cipherparams, ciphertext: ciphertext.toString('hex'), kdf: 'scrypt', kdfparams, mac };
  return { crypto, version: 3 };
}

const keystores = { pbkdf2: withPbkdf2, scrypt: withScrypt() };

let folder: string;

before(() => {
  folder = temporaryFolder();
});

after(() => {
  delete process.env[keyVariable];
  delete process.env[passwordVariable];
});

async function keystore(name: keyof typeof keystores): Promise<string> {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(keystores[name]));
  return file;
}

for (const name of ['pbkdf2', 'scrypt'] as const)
  test(`a keystore with ${name} opens with its password only`, async () => {
    const file = await keystore(name);
    process.env[passwordVariable] = password;
    assert.equal((await readAccount(file)).address, privateKeyToAccount(key).address);
    process.env[passwordVariable] = `${password} `;
    await assert.rejects(readAccount(file), (error) => error instanceof UserError && /does not open/.test(error.message));
    delete process.env[passwordVariable];
    await assert.rejects(readAccount(file), /password is missing/);
  });

test('without a keystore the key is in the environment', async () => {
  await assert.rejects(readAccount(undefined), /no key/);
  process.env[keyVariable] = key;
  assert.equal((await readAccount(undefined)).address, privateKeyToAccount(key).address);
  process.env[keyVariable] = key.slice(0, -1);
  await assert.rejects(readAccount(undefined), /is not 0x and 64/);
});
