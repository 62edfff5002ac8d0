import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildDir, sourceDir } from '../../test/node/support/project.js';

const committed = join(sourceDir, 'dispute', 'src', 'chain', 'opmlAbi.ts');

interface Parameter {
  name: string;
  type: string;
  indexed?: boolean;
  components?: Parameter[];
}

interface Item {
  type: string;
  name?: string;
  stateMutability?: string;
  inputs?: Parameter[];
  outputs?: Parameter[];
}

/** The solc-only members (internalType) are left out. */
function parameter({ name, type, indexed, components }: Parameter): Parameter {
  return {
    name,
    type,
    ...(indexed === undefined ? {} : { indexed }),
    ...(components && { components: components.map(parameter) }),
  };
}

function item({ type, name, stateMutability, inputs, outputs }: Item): Item {
  return {
    type,
    ...(name !== undefined && { name }),
    ...(stateMutability !== undefined && { stateMutability }),
    ...(inputs && { inputs: inputs.map(parameter) }),
    ...(outputs && { outputs: outputs.map(parameter) }),
  };
}

/** OPML_UPDATE_ABI=1 writes the file anew. */
test('the committed interface is that of the compiled contract', async () => {
  const artifact = await readFile(join(buildDir, 'contracts', 'Opml.sol', 'Opml.json'), 'utf8');
  const { abi } = JSON.parse(artifact) as { abi: Item[] };
  const lines = abi.map((entry) => `  ${JSON.stringify(item(entry))},\n`);
  const text =
    '// Generated from Opml.sol by forge; dispute/test/opmlAbi.test.ts compares, and with OPML_UPDATE_ABI=1 renews.\n' +
    `export const opmlAbi = [\n${lines.join('')}] as const;\n`;
  if (process.env['OPML_UPDATE_ABI'] === '1') await writeFile(committed, text);
  assert.equal(await readFile(committed, 'utf8'), text);
});
