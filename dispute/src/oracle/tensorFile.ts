import { readFile, writeFile } from 'node:fs/promises';
import { type Hex, bytesToHex } from 'viem';
import { UserError } from '../userError.js';

/** NumPy's descriptors of our element types; bfloat16 has none. */
const descriptors: Record<string, string> = {
  bool: '|b1',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  float16: '<f2',
  float32: '<f4',
  float64: '<f8',
};

function npyBytes(bytes: Buffer, file: string): Uint8Array {
  const end = bytes[6] === 1 ? 10 + bytes.readUInt16LE(8) : 12 + bytes.readUInt32LE(8);
  const header = bytes.toString('latin1', 10, end);
  if (/'fortran_order': True|'descr': '>/.test(header))
    throw new UserError(`${file}: not little-endian in row-major order; save it so`);
  return bytes.subarray(end);
}

/** The raw_data of an ONNX TensorProto (onnx.proto, field 9). */
function protoBytes(bytes: Buffer, file: string): Uint8Array {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; at < bytes.length; shift *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * shift;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const key = varint();
    if (key % 8 === 0) varint();
    else if (key % 8 === 2) {
      const length = varint();
      if (key === 9 * 8 + 2) return bytes.subarray(at, at + length);
      at += length;
    } else break;
  }
  throw new UserError(`${file}: a TensorProto without raw_data; convert it to .npy`);
}

const isNpy = (bytes: Buffer): boolean => bytes.length > 12 && bytes.toString('latin1', 0, 6) === '\x93NUMPY';

/** The bytes of a tensor as they are posted on a chain, from a .npy or .pb file. */
export async function readTensor(file: string): Promise<Hex> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UserError(`${file}: cannot be read: ${error.message}`);
  });
  if (!isNpy(bytes) && !file.endsWith('.pb')) throw new UserError(`${file}: neither a .npy nor a .pb file`);
  return bytesToHex(Uint8Array.from(isNpy(bytes) ? npyBytes(bytes, file) : protoBytes(bytes, file)));
}

/** The bytes of a tensor from what lies where a job says: a .npy file, or the bytes as they are. */
export function tensorOf(content: Uint8Array, uri: string): Uint8Array {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  return isNpy(bytes) ? npyBytes(bytes, uri) : content;
}

/** The bytes of a tensor of this type and shape. */
export function sizeOf({ type, shape }: { type: string; shape: readonly number[] }): number {
  const element = type === 'bfloat16' ? 2 : Number(descriptors[type]!.slice(2));
  return shape.reduce((product, dim) => product * dim, element);
}

/** Writes a .npy file of format 1.0. */
export async function writeNpy(file: string, type: string, shape: readonly number[], data: Uint8Array): Promise<void> {
  const descriptor = descriptors[type];
  if (!descriptor) throw new UserError(`inputs of type ${type} cannot be written as .npy`);
  const dims = shape.map((dim) => `${dim},`).join(' ');
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${dims}), }`;
  const header = `${text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11)}\n`;
  const head = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  head.writeUInt16LE(header.length, 8);
  await writeFile(file, Buffer.concat([head, Buffer.from(header, 'latin1'), data]));
}
