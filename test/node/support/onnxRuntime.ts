import { createRequire } from 'node:module';

/** onnxruntime-node ships no type declarations of its own; its interface is onnxruntime-common's. */
export const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof import('onnxruntime-common');
