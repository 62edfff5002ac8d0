import { readFile, writeFile } from 'node:fs/promises';

/** A float tensor in row-major order. */
export interface FloatTensor {
  shape: number[];
  data: Float32Array;
}

/** Writes NumPy's format, version 1.0 (numpy.lib.format). */
export async function writeNpy(file: string, { shape, data }: FloatTensor): Promise<void> {
  const shapeText = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shapeText}, }`;
  // Magic, version and length take 10 bytes; the header ends in a newline at a multiple of 64.
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const prefix = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  prefix.writeUInt16LE(header.length, 8);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  await writeFile(file, Buffer.concat([prefix, Buffer.from(header, 'latin1'), bytes]));
}

const floats = (bytes: Buffer): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);

/** Reads a version 1.0 file of little-endian 32-bit floats. */
export async function readNpy(file: string): Promise<FloatTensor> {
  const bytes = await readFile(file);
  const end = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, end);
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1];
  if (!header.includes("'<f4'") || shape === undefined) throw new Error(`${file}: not a float tensor: ${header}`);
  return { shape: shape.split(',').filter((n) => n.trim() !== '').map(Number), data: floats(bytes.subarray(end)) };
}

/**
 * Reads an ONNX TensorProto of floats: dims = 1, data_type = 2, raw_data = 9 (onnx.proto), which is all that the
 * golden outputs in the test data use.
 */
export async function readTensorProto(file: string): Promise<FloatTensor> {
  const bytes = await readFile(file);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const result: FloatTensor = { shape: [], data: new Float32Array() };
  while (at < bytes.length) {
    const key = varint();
    const value = varint();
    const field = key >> 3;
    if (field === 2 && value !== 1) throw new Error(`${file}: data_type ${value} is not FLOAT`);
    if ((key & 7) === 0) {
      if (field === 1) result.shape.push(value);
      continue;
    }
    if ((key & 7) !== 2) throw new Error(`${file}: unexpected wire type in key ${key}`);
    const end = at + value;
    if (field === 1) while (at < end) result.shape.push(varint());
    if (field === 9 || field === 4) result.data = floats(bytes.subarray(at, end));
    at = end;
  }
  return result;
}

/** Position of the largest element. */
export const argMax = (data: ArrayLike<number>): number =>
  Array.from(data).reduce((best, value, index) => (value > data[best]! ? index : best), 0);
