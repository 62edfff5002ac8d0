import { readFile } from 'node:fs/promises';

/** NumPy's type descriptors and what ONNX Runtime and JavaScript have for them. */
const types = {
  '|b1': ['bool', Uint8Array],
  '<f4': ['float32', Float32Array],
  '|i1': ['int8', Int8Array],
  '<i2': ['int16', Int16Array],
  '<i4': ['int32', Int32Array],
  '<i8': ['int64', BigInt64Array],
  '|u1': ['uint8', Uint8Array],
  '<u2': ['uint16', Uint16Array],
  '<u4': ['uint32', Uint32Array],
  '<u8': ['uint64', BigUint64Array],
} as const;
type Types = typeof types;

/** An array of any of these types in row-major order. */
export interface NpyArray {
  type: Types[keyof Types][0];
  shape: number[];
  data: InstanceType<Types[keyof Types][1]>;
}

/** Reads a version 1.0 file of NumPy's format (numpy.lib.format). */
export async function readArray(file: string): Promise<NpyArray> {
  const bytes = await readFile(file);
  const end = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, end);
  const [, descriptor] = /'descr': '([^']*)'/.exec(header) ?? [];
  const [, shape] = /'fortran_order': False, 'shape': \(([^)]*)\)/.exec(header) ?? [];
  if (shape === undefined || !(descriptor! in types)) throw new Error(`${file}: unexpected header ${header}`);
  const [type, ArrayType] = types[descriptor as keyof Types];
  return {
    type,
    shape: shape.split(',').filter((n) => n.trim() !== '').map(Number),
    data: new ArrayType(Uint8Array.from(bytes.subarray(end)).buffer),
  };
}
