import { deployOpml } from '../chain/opml.js';
import { contractsFolder, parseArguments } from '../command.js';
import { readCreationCode } from '../stepContract.js';
import { accountHelp, accountOptions, openAccount } from './common.js';

const usage = `usage: opml-dispute deploy --rpc URL [OPTION...]

Deploys the contracts, MipsStep and the Opml that uses it, and prints their place for --contract and --from-block of the
other commands. Nobody owns them: whoever deploys has no rights.

${accountHelp}`;

const artifact = (name: string) => readCreationCode(`${contractsFolder}/${name}.sol/${name}.json`);

export const deployCommand = {
  summary: 'deploys the contracts',
  run: (args: string[]) =>
    parseArguments('deploy', args, usage, accountOptions, async (parsed) => {
      const [mipsStep, opml] = await Promise.all([artifact('MipsStep'), artifact('Opml')]);
      const { client, sender, say } = await openAccount('deploy', parsed);
      const fromBlock = await client.getBlockNumber();
      const contract = await deployOpml(sender, mipsStep, opml);
      say('has deployed', { contract, 'from-block': fromBlock, gas: sender.gasUsed });
      return 0;
    }),
};
