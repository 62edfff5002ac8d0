import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Hex, concat, toHex } from 'viem';
import { type Place, joinSiblings } from '../game/merkle.js';
import type { ModelHeader, NodeProof, NodeRun, Opening, Run } from '../game/run.js';
import { commitmentTo, failed, parts } from '../game/state.js';
import { UserError } from '../userError.js';
import { Serve } from './serve.js';
import type { Stopwatch } from './stopwatch.js';

/** A model's input or output as `opml-vm serve` describes it. */
export interface PortInfo {
  name: string;
  value: number;
  type: string;
  shape: number[];
  /** As it is hashed. */
  packed: Hex;
}

export interface Model extends ModelHeader {
  modelRoot: Hex;
  nodes: number;
  values: number;
  inputs: PortInfo[];
  outputs: PortInfo[];
}

export interface Slot {
  value: number;
  address: number;
  depth: number;
}

export interface NodeInfo {
  name: string;
  stepBits: number;
  memDepth: number;
  operands: Slot[];
  results: Slot[];
  descriptor: Hex;
  siblings: Hex[];
}

export interface ProvenValue {
  value: number;
  root: Hex;
  siblings: Hex[];
}

export interface Slots {
  packedState: Hex;
  steps: number;
  operands: ProvenValue[];
  results: ProvenValue[];
}

/** Where a slot lies in the tree over a node's memory. */
export const placeOf = ({ address, depth }: Slot): Place => ({ first: address / 32, height: depth });

/** Opens values of one context, whose proofs these are, together. */
export function joinOpening(proofs: readonly ProvenValue[]): Opening {
  const ordered = [...proofs].sort((a, b) => a.value - b.value);
  const places = ordered.map(({ value }) => ({ first: value, height: 0 }));
  return {
    values: concat(['0x', ...ordered.map(({ value, root }) => concat([toHex(value, { size: 4 }), root]))]),
    siblings: joinSiblings(places, ordered.map(({ siblings }) => siblings)),
  };
}

const sixteenths = (first: number, length: number): number[] =>
  Array.from({ length: parts }, (_, i) => first + ((i + 1) * length) / parts);

/** The true run of an image on an input. Answers are kept: they never change, and several games ask for the same. */
export class ServedRun implements Run {
  private readonly answers = new Map<string, Promise<unknown>>();

  private constructor(
    private readonly serve: Serve,
    readonly header: Model,
  ) {}

  static async start(image: string, inputs: readonly string[], stopwatch?: Stopwatch): Promise<ServedRun> {
    const serve = new Serve(image, inputs, stopwatch);
    return new ServedRun(serve, await serve.ask<Model>('model'));
  }

  /** The inputs that an image takes, from its manifest. */
  static async inputsOf(image: string): Promise<{ modelRoot: Hex; inputs: PortInfo[] }> {
    const file = join(image, 'manifest.json');
    try {
      return JSON.parse(await readFile(file, 'utf8')) as { modelRoot: Hex; inputs: PortInfo[] };
    } catch (error) {
      throw new UserError(`${file}: cannot be read: ${(error as Error).message}; is ${image} an image?`);
    }
  }

  /** Whether it answers no more; then another one has to. */
  get hasEnded(): boolean {
    return this.serve.hasEnded;
  }

  stop(): Promise<void> {
    return this.serve.stop();
  }

  private ask<Result>(op: string, numbers: Record<string, number>): Promise<Result> {
    const question = JSON.stringify([op, numbers]);
    let answer = this.answers.get(question);
    if (!answer) {
      answer = this.serve.ask(op, numbers);
      this.answers.set(question, answer);
      answer.catch(() => this.answers.delete(question));
    }
    return answer as Promise<Result>;
  }

  async context(nodes: number): Promise<Hex> {
    // Those behind the last node are all the same.
    return (await this.ask<{ root: Hex }>('context', { nodes: Math.min(nodes, this.header.nodes) })).root;
  }

  contexts(first: number, length: number): Promise<Hex[]> {
    return Promise.all(sixteenths(first, length).map((nodes) => this.context(nodes)));
  }

  async states(node: number, first: number, length: number): Promise<Hex[]> {
    return (await this.ask<{ hashes: Hex[] }>('section', { node, from: first, to: first + length, k: parts })).hashes;
  }

  async state(node: number, step: number): Promise<Hex> {
    return (await this.ask<{ hash: Hex }>('state', { node, step })).hash;
  }

  initialState(node: number): Promise<Hex> {
    return this.state(node, 0);
  }

  node(node: number): Promise<NodeInfo> {
    return this.ask<NodeInfo>('node', { node });
  }

  async stepBits(node: number): Promise<number> {
    return (await this.node(node)).stepBits;
  }

  /** How many steps the node takes until its machine stops. */
  async steps(node: number): Promise<number> {
    return (await this.ask<{ steps: number }>('steps', { node })).steps;
  }

  /** How many steps the machines of all nodes take together. */
  async allSteps(): Promise<number> {
    let sum = 0;
    for (let node = 0; !(await this.isDecided(node)); ++node) sum += await this.steps(node);
    return sum;
  }

  async isDecided(node: number): Promise<boolean> {
    return node >= this.header.nodes || (await this.context(node)) === failed;
  }

  value(nodes: number, value: number): Promise<ProvenValue> {
    return this.ask<ProvenValue>('value', { nodes, value });
  }

  async openValues(nodes: number, values: readonly number[]): Promise<Opening> {
    return joinOpening(await Promise.all([...new Set(values)].map((value) => this.value(nodes, value))));
  }

  async outputRoot(): Promise<Hex> {
    if ((await this.context(this.header.nodes)) === failed) return failed;
    return commitmentTo('output', await this.outputRoots());
  }

  /** The roots of the outputs, of a run that does not fail. */
  async outputRoots(): Promise<Hex[]> {
    const { nodes, outputs } = this.header;
    const proofs = await Promise.all(outputs.map(({ value }) => this.value(nodes, value)));
    return proofs.map(({ root }) => root);
  }

  async openOutputs(): Promise<{ claim: Hex; outputs: Opening }> {
    const claim = await this.context(this.header.nodes);
    if (claim === failed) return { claim, outputs: { values: '0x', siblings: [] } };
    const values = this.header.outputs.map(({ value }) => value);
    return { claim, outputs: await this.openValues(this.header.nodes, values) };
  }

  async nodeProof(node: number): Promise<NodeProof> {
    const { descriptor, siblings } = await this.node(node);
    return { descriptor, siblings };
  }

  async slots(node: number, step: number): Promise<Slots> {
    return this.ask<Slots>('slots', { node, step });
  }

  async nodeRun(node: number): Promise<NodeRun> {
    const { operands, results, stepBits } = await this.node(node);
    const values = await this.openValues(node, [...operands, ...results].map(({ value }) => value));
    const end = await this.slots(node, 2 ** stepBits);
    if ((await this.context(node + 1)) === failed) return { values, finalState: end.packedState, results: [], siblings: [] };
    return {
      values,
      finalState: end.packedState,
      results: end.results.map(({ root }) => root),
      siblings: joinSiblings(results.map(placeOf), end.results.map(({ siblings }) => siblings)),
    };
  }

  async witness(node: number, step: number): Promise<Hex> {
    return (await this.ask<{ calldata: Hex }>('witness', { node, step })).calldata;
  }
}
