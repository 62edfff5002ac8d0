import { type Arguments, contractsFolder, parseArguments } from '../command.js';
import { UserError } from '../userError.js';
import { demo } from './demo.js';
import { lieHelp, parseLie } from './lie.js';

const usage = `usage: opml-dispute demo IMAGE --input [NAME=]FILE... --lie LIE [--json]

Plays a whole dispute on a local chain (anvil, hard fork osaka), from the request to the payout: one side lies about one
node of the model's run, the other finds it out. Exits with 0 only if the honest side wins and has gained, gas included.

  --input [NAME=]FILE    an input, .npy or TensorProto .pb
  --lie LIE              ${lieHelp}
  --json                 lines of JSON
  --help                 this text`;

async function run({ values, positionals }: Arguments): Promise<number> {
  const [image, ...rest] = positionals;
  const lie = values['lie'] as string | undefined;
  if (image === undefined || rest.length > 0) throw new UserError('expected one image; see opml-dispute demo --help');
  if (lie === undefined) throw new UserError('--lie is missing; see opml-dispute demo --help');
  const outcome = await demo({
    image,
    inputs: (values['input'] as string[] | undefined) ?? [],
    lie: parseLie(lie),
    contracts: contractsFolder,
    json: values['json'] === true,
  });
  return outcome.honestWon && outcome.gain > 0n ? 0 : 1;
}

const options = { input: { type: 'string', multiple: true }, lie: { type: 'string' }, json: { type: 'boolean' } } as const;

export const demoCommand = {
  summary: 'a whole dispute on a local chain, in which one side lies',
  run: (args: string[]) => parseArguments('demo', args, usage, options, run),
};
