import { type Address, createPublicClient, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { type Anvil, rpc, startAnvil } from '../anvil.js';
import { Opml, deployOpml } from '../chain/opml.js';
import { EventReader } from '../chain/reader.js';
import { Sender } from '../chain/sender.js';
import { readCreationCode } from '../stepContract.js';

/** Wei with which each account begins. */
export const purse = 10n ** 20n;

/** An account with its own view of the chain. */
export interface Side {
  name: string;
  opml: Opml;
  reader: EventReader;
}

/** What the side has, in wei: its own, and what the contract owes it. */
export async function wealth({ opml }: Side): Promise<bigint> {
  const { address } = opml.sender;
  return (await opml.client.getBalance({ address })) + (await opml.balanceOf(address));
}

/** A local chain with the contracts on it. */
export class Stage {
  private constructor(
    readonly anvil: Anvil,
    readonly address: Address,
  ) {}

  /** @param contracts The folder of forge's artifacts. */
  static async open(contracts: string): Promise<Stage> {
    const anvil = await startAnvil();
    try {
      const artifact = (name: string) => readCreationCode(`${contracts}/${name}.sol/${name}.json`);
      const sender = await richSender(anvil);
      return new Stage(anvil, await deployOpml(sender, await artifact('MipsStep'), await artifact('Opml')));
    } catch (error) {
      await anvil.stop();
      throw error;
    }
  }

  /** Somebody new, who sees what happens from now on. */
  async side(name: string): Promise<Side> {
    const sender = await richSender(this.anvil);
    const opml = new Opml(sender.client, this.address, sender);
    return { name, opml, reader: new EventReader(opml.client, this.address, (await opml.client.getBlockNumber()) + 1n) };
  }

  /** Lets time pass. */
  async wait(seconds: number): Promise<void> {
    await rpc(this.anvil.client, 'evm_increaseTime', seconds);
    await rpc(this.anvil.client, 'evm_mine');
  }

  close(): Promise<void> {
    return this.anvil.stop();
  }
}

async function richSender(anvil: Anvil): Promise<Sender> {
  const account = privateKeyToAccount(generatePrivateKey());
  await anvil.client.setBalance({ address: account.address, value: purse });
  const client = createPublicClient({ chain: foundry, transport: http(anvil.url), cacheTime: 0 });
  // The chain mines at once.
  return new Sender(client, account, { pollMs: 1 });
}
