import { UserError } from '../userError.js';

/** What is wrong with a machine state, from some step on. */
export const stateLies = ['register', 'hi', 'lo', 'pc', 'nextPc', 'memory', 'status', 'cause', 'halt'] as const;
/** What is wrong with the context behind a node, or with the hand-over into it. */
export const nodeLies = ['skip', 'repeat', 'fails', 'operand', 'final'] as const;

export type LieKind = (typeof stateLies)[number] | (typeof nodeLies)[number];

export interface Lie {
  by: 'server' | 'challenger';
  /** The first node whose successor is false; from the number of nodes on, one of the padding. */
  node: number;
  kind: LieKind;
  /** The first false step of its machine; by default one in the middle. */
  step?: number;
}

export const lieHelp = `node=N[,step=K][,by=server|challenger][,kind=KIND]
                         a false result of node N (from the number of nodes on: of the padding), and what is false about
                         its machine behind step K: ${stateLies.join(', ')}; or about the
                         node as a whole: ${nodeLies.join(', ')}`;

const isKind = (text: string): text is LieKind => [...stateLies, ...nodeLies].some((kind) => kind === text);

function number(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new UserError(`--lie: ${name}=${text} is not a number`);
  return value;
}

export function parseLie(text: string): Lie {
  const lie: Partial<Lie> = {};
  for (const part of text.split(',')) {
    const [name, value = ''] = part.split('=', 2);
    if (name === 'node' || name === 'step') lie[name] = number(name, value);
    else if (name === 'by' && (value === 'server' || value === 'challenger')) lie.by = value;
    else if (name === 'kind' && isKind(value)) lie.kind = value;
    else throw new UserError(`--lie: '${part}' is not known; see opml-dispute demo --help`);
  }
  if (lie.node === undefined) throw new UserError('--lie: node=N is missing');
  return { by: 'server', kind: 'register', ...lie, node: lie.node };
}
