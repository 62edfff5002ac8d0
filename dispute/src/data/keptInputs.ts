import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hex } from 'viem';

/**
 * Inputs that were fetched, in files: a player that is started again has to go on even if nobody has them any more (K2).
 * Whoever reads them checks them again.
 */
export class KeptInputs {
  constructor(private readonly folder: string) {}

  /** Null if they are not all there. */
  async read(jobId: Hex, count: number): Promise<Uint8Array[] | null> {
    try {
      return await Promise.all(Array.from({ length: count }, (_, i) => readFile(join(this.folder, jobId, String(i)))));
    } catch {
      return null;
    }
  }

  async write(jobId: Hex, tensors: readonly Uint8Array[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const unfinished = await mkdtemp(join(this.folder, 'unfinished-'));
    try {
      for (const [i, tensor] of tensors.entries()) await writeFile(join(unfinished, String(i)), tensor);
      await this.remove(jobId);
      await rename(unfinished, join(this.folder, jobId));
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
  }

  async remove(jobId: Hex): Promise<void> {
    await rm(join(this.folder, jobId), { recursive: true, force: true });
  }
}
