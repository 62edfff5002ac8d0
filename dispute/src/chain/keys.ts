import { createDecipheriv, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Hex, type LocalAccount, bytesToHex, concat, hexToBytes, isHex, keccak256 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { UserError } from '../userError.js';

/** The environment variables that hold secrets. A command line would show them to every user of the machine. */
export const keyVariable = 'OPML_PRIVATE_KEY';
export const passwordVariable = 'OPML_KEYSTORE_PASSWORD';

/** A keystore of the Web3 Secret Storage Definition, version 3, as far as it is read here. */
interface Keystore {
  version: number;
  crypto: {
    cipher: string;
    ciphertext: string;
    cipherparams: { iv: string };
    kdf: string;
    kdfparams: { dklen: number; salt: string; n?: number; r?: number; p?: number; c?: number; prf?: string };
    mac: string;
  };
}

/** Memory that scrypt may take: four times what common keystores need. */
const maxScryptBytes = 2 ** 30;

function derivedKey({ kdf, kdfparams }: Keystore['crypto'], password: string): Buffer {
  const { dklen, salt, n, r, p, c, prf } = kdfparams;
  const saltBytes = Buffer.from(salt, 'hex');
  try {
    if (kdf === 'scrypt') return scryptSync(password, saltBytes, dklen, { N: n!, r: r!, p: p!, maxmem: maxScryptBytes });
  } catch (error) {
    throw new UserError(`the keystore's key cannot be derived: ${(error as Error).message}`);
  }
  if (kdf === 'pbkdf2' && prf === 'hmac-sha256') return pbkdf2Sync(password, saltBytes, c!, dklen, 'sha256');
  throw new UserError(`the keystore's key derivation is ${kdf}; scrypt and pbkdf2 with hmac-sha256 are known`);
}

function decrypt({ version, crypto }: Keystore, password: string): Hex {
  if (version !== 3 || crypto.cipher !== 'aes-128-ctr')
    throw new UserError('the keystore is not of version 3 with aes-128-ctr');
  const key = derivedKey(crypto, password);
  const cipherText = Buffer.from(crypto.ciphertext, 'hex');
  const mac = hexToBytes(keccak256(concat([bytesToHex(key.subarray(16, 32)), bytesToHex(cipherText)])));
  const expected = Buffer.from(crypto.mac, 'hex');
  if (expected.length !== mac.length || !timingSafeEqual(mac, expected))
    throw new UserError(`the password in ${passwordVariable} does not open the keystore`);
  const decipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), Buffer.from(crypto.cipherparams.iv, 'hex'));
  return bytesToHex(Buffer.concat([decipher.update(cipherText), decipher.final()]));
}

async function readKeystore(file: string): Promise<Keystore> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Keystore;
  } catch (error) {
    throw new UserError(`${file}: cannot be read as a keystore: ${(error as Error).message}`);
  }
}

/** The account of a keystore file, or without one of the key in the environment. */
export async function readAccount(keystore: string | undefined): Promise<LocalAccount> {
  if (keystore !== undefined) {
    const password = process.env[passwordVariable];
    if (password === undefined) throw new UserError(`the keystore's password is missing; set ${passwordVariable}`);
    const read = await readKeystore(keystore);
    if (!read.crypto) throw new UserError(`${keystore}: not a keystore of version 3`);
    return privateKeyToAccount(decrypt(read, password));
  }
  const key = process.env[keyVariable];
  if (key === undefined) throw new UserError(`no key: give --keystore FILE, or set ${keyVariable}`);
  if (!isHex(key) || key.length !== 66) throw new UserError(`${keyVariable} is not 0x and 64 hexadecimal digits`);
  return privateKeyToAccount(key);
}
