import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from './userError.js';

/** A command of opml-dispute. */
export interface Command {
  summary: string;
  /** Returns the exit status. */
  run(args: string[]): Promise<number>;
}

export interface Arguments {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
}

/** Beside this file's build tree, where the build puts what forge compiles. */
export const contractsFolder = fileURLToPath(new URL('../../../contracts', import.meta.url));

/** Parses a command's arguments and hands them on, or prints its usage. */
export async function parseArguments(
  name: string,
  args: string[],
  usage: string,
  options: NonNullable<ParseArgsConfig['options']>,
  run: (parsed: Arguments) => Promise<number>,
): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { ...options, help: { type: 'boolean' } } });
  } catch (error) {
    throw new UserError(`${(error as Error).message}; see opml-dispute ${name} --help`);
  }
  if (parsed.values['help']) {
    console.log(usage);
    return 0;
  }
  return run(parsed as Arguments);
}
