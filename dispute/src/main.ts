#!/usr/bin/env node
import { arbitrateCommand } from './arbitrateCommand.js';
import type { Command } from './command.js';
import { demoCommand } from './demo/demoCommand.js';
import { requesterCommand, serverCommand, verifierCommand } from './roles/commands.js';
import { deployCommand } from './roles/deploy.js';
import { UserError, runTool } from './userError.js';

const commands: Record<string, Command> = {
  deploy: deployCommand,
  server: serverCommand,
  verifier: verifierCommand,
  requester: requesterCommand,
  demo: demoCommand,
  arbitrate: arbitrateCommand,
};

const usage = `usage: opml-dispute COMMAND ...

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}`)
  .join('\n')}

opml-dispute COMMAND --help says more.`;

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === '--help') {
    console.log(usage);
    return 0;
  }
  const command = commands[name ?? ''];
  if (!command)
    throw new UserError(`expected a command: ${Object.keys(commands).join(', ')}; see opml-dispute --help`);
  return command.run(args);
}

await runTool(main);
