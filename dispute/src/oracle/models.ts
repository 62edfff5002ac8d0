import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Hex } from 'viem';
import { UserError } from '../userError.js';
import { ServedRun } from './served.js';
import { tool } from './tools.js';

/**
 * Compiles ONNX files to images in `folder`, and returns these by model root. What a player plays about it has compiled
 * itself: an image from somebody else may hold native code, and a manifest that its root does not bind.
 */
export async function compileModels(models: readonly string[], folder: string): Promise<Map<Hex, string>> {
  const images = new Map<Hex, string>();
  await mkdir(folder, { recursive: true });
  for (const [i, model] of models.entries()) {
    const image = join(folder, `${i}.opml`);
    try {
      await promisify(execFile)(tool('opml-compile'), [model, '-o', image]);
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string };
      throw new UserError((stderr || message).replace(/^error: /, '').trim());
    }
    images.set((await ServedRun.inputsOf(image)).modelRoot, image);
  }
  return images;
}
