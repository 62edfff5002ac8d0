/** A field of a protobuf message (onnx.proto): a number, or bytes with their length before them. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)]);
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}

const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);

const types = { float32: 1, bool: 9 } as const;

function tensorInfo(name: string, type: keyof typeof types, dims: readonly number[]): Buffer {
  const shape = message(...dims.map((dim) => field(1, field(1, dim))));
  return message(field(1, name), field(2, field(1, message(field(1, types[type]), field(2, shape)))));
}

const node = (operator: string, input: string, output: string): Buffer =>
  message(field(1, input), field(2, output), field(4, operator));

/** A model that negates so many numbers, and hands three bools on: inputs `x` and `m`, outputs `y` and `n`. */
export function negations(count: number): Buffer {
  const graph = message(
    field(1, node('Neg', 'x', 'y')),
    field(1, node('Identity', 'm', 'n')),
    field(2, 'negations'),
    field(11, tensorInfo('x', 'float32', [count])),
    field(11, tensorInfo('m', 'bool', [3])),
    field(12, tensorInfo('y', 'float32', [count])),
    field(12, tensorInfo('n', 'bool', [3])),
  );
  return message(field(1, 8), field(8, field(2, 13)), field(7, graph));
}
