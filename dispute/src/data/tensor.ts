import { type Hex, bytesToHex, keccak256 } from 'viem';
import { levelsOf, siblingsOf } from '../game/merkle.js';

/** The bytes of a tensor that one transaction publishes: GasBounds.chunkBytes. */
export const chunkBytes = 1 << 15;
/** Of the tree over so many. */
const chunkDepth = 10;
const leafBytes = 32;

/** One piece of a tensor with its proof: Publication.sol's Piece. */
export interface Piece {
  port: bigint;
  chunk: bigint;
  data: Hex;
  siblings: Hex[];
}

/** A published piece of a tensor, from its offset: what the events tell, by port. */
export type Pieces = Map<number, Map<number, Hex>>;

/** The least depth of a tree that holds as many bytes. */
export function depthFor(size: number): number {
  let depth = 0;
  while (leafBytes * 2 ** depth < size) ++depth;
  return depth;
}

/** The root of the tree over `data`, padded with zeros. */
function rootOfBytes(data: Uint8Array, depth: number): Hex {
  const nodes = new Uint8Array(leafBytes * 2 ** depth);
  nodes.set(data);
  for (let size = nodes.length; size > leafBytes; size /= 2)
    for (let pair = 0; pair < size; pair += 2 * leafBytes)
      nodes.set(keccak256(nodes.subarray(pair, pair + 2 * leafBytes), 'bytes'), pair / 2);
  return bytesToHex(nodes.subarray(0, leafBytes));
}

/** A tensor in the pieces in which it is published, with the root that they lead to. */
export class ChoppedTensor {
  private readonly levels: Hex[][];

  constructor(private readonly data: Uint8Array) {
    const depth = depthFor(data.length);
    const pieceDepth = Math.min(depth, chunkDepth);
    const zeros = rootOfBytes(new Uint8Array(), pieceDepth);
    const isThere = (chunk: number) => chunk < this.chunks;
    const roots = Array.from({ length: 2 ** (depth - pieceDepth) }, (_, i) =>
      isThere(i) ? rootOfBytes(this.bytesOf(i), pieceDepth) : zeros,
    );
    this.levels = levelsOf(roots);
  }

  get chunks(): number {
    return Math.max(Math.ceil(this.data.length / chunkBytes), 1);
  }

  get root(): Hex {
    return this.levels.at(-1)![0]!;
  }

  piece(port: number, chunk: number): Piece {
    const siblings = siblingsOf(this.levels, chunk);
    return { port: BigInt(port), chunk: BigInt(chunk), data: bytesToHex(this.bytesOf(chunk)), siblings };
  }

  private bytesOf(chunk: number): Uint8Array {
    return this.data.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes);
  }
}

/** A tensor of so many bytes from what has been published of it, or null if some is missing. */
export function assemble(pieces: ReadonlyMap<number, Hex> | undefined, size: number): Uint8Array | null {
  const bytes = new Uint8Array(size);
  if (size > 0 && !pieces) return null;
  for (let offset = 0; offset < size; ) {
    const piece = pieces!.get(offset);
    if (piece === undefined) return null;
    const data = Buffer.from(piece.slice(2), 'hex');
    bytes.set(data, offset);
    offset += data.length;
  }
  return bytes;
}
