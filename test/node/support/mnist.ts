import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { testdata } from './project.js';

export const imagesFile = 'mnist/data/t10k-images-idx3-ubyte.gz';

const imageBytes = 28 * 28;

/** The first `count` MNIST test images, as pixels 0…255 (IDX format: a 16-byte header, then the pixels). */
export async function readImages(count: number): Promise<Uint8Array[]> {
  const file = gunzipSync(await readFile(testdata(imagesFile)));
  return Array.from({ length: count }, (_, i) => file.subarray(16 + i * imageBytes, 16 + (i + 1) * imageBytes));
}
