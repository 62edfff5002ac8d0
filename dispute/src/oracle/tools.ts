import { fileURLToPath } from 'node:url';

/** A tool of the build tree that this file was compiled into. */
export const tool = (name: string): string => fileURLToPath(new URL(`../../../../bin/${name}`, import.meta.url));
