import { type Hex, concat, keccak256, size, slice, stringToHex, toHex } from 'viem';
import { fold } from '../game/merkle.js';
import type { ModelHeader, NodeProof, NodeRun, Opening, Run } from '../game/run.js';
import { commitmentTo, failed, parts } from '../game/state.js';
import { type ProvenValue, type ServedRun, joinOpening, placeOf } from '../oracle/served.js';
import { type Lie, type LieKind, nodeLies } from './lie.js';

const junk: Hex = keccak256(stringToHex('a lie'));

/** Where a packed machine state (vm::packState) holds what, in bytes. */
const fields = {
  pc: [0, 4],
  nextPc: [4, 4],
  hi: [8, 4],
  lo: [12, 4],
  exitCode: [28, 4], // $a0
  register: [40, 4], // $a3
  status: [140, 1],
  cause: [141, 1],
  memory: [176, 32],
} as const;

function replace(state: Hex, field: keyof typeof fields, value: Hex): Hex {
  const [at, length] = fields[field];
  const end = at + length;
  return concat([at === 0 ? '0x' : slice(state, 0, at), value, end === size(state) ? '0x' : slice(state, end)]);
}

function flip(state: Hex, field: keyof typeof fields): Hex {
  const [at, length] = fields[field];
  return replace(state, field, toHex(BigInt(slice(state, at, at + length)) ^ 1n, { size: length }));
}

const stopped = (state: Hex): Hex => replace(replace(state, 'status', '0x01'), 'exitCode', '0x00000000');

/** A run with one false transition of a node, and a machine that has made it so. All else follows the true run. */
export class LyingRun implements Run {
  readonly header: ModelHeader;

  constructor(
    private readonly truth: ServedRun,
    private readonly lie: Lie,
  ) {
    this.header = truth.header;
  }

  /** Behind the last node a context has the outputs, and changes no more. */
  private get end(): number {
    return this.truth.header.nodes;
  }

  /** The first node whose successor is false. To run a node twice is to run it in the place of the next. */
  private get node(): number {
    return this.lie.kind === 'repeat' ? this.lie.node + 1 : this.lie.node;
  }

  // Contexts

  contexts(first: number, length: number): Promise<Hex[]> {
    return Promise.all(Array.from({ length: parts }, (_, i) => this.context(first + ((i + 1) * length) / parts)));
  }

  private async context(nodes: number): Promise<Hex> {
    const { kind } = this.lie;
    if (nodes <= this.node) return this.truth.context(nodes);
    if (kind === 'fails') return failed;
    const isShifted = kind === 'skip' || kind === 'repeat';
    if (isShifted && nodes < 2 ** this.header.nodeBits) return this.truth.context(nodes - 1);
    const changed = await this.changedValue(nodes);
    return fold({ first: changed.value, height: 0 }, changed);
  }

  /** In the context behind so many nodes: the disputed node's result, or in the end the output, with another root. */
  private async changedValue(nodes: number): Promise<ProvenValue> {
    const isInside = this.node < this.end && nodes < this.end;
    const info = isInside ? await this.truth.node(this.node) : null;
    const value = info ? info.results[0]!.value : this.truth.header.outputs[0]!.value;
    return { ...(await this.truth.value(Math.min(nodes, this.end), value)), root: junk };
  }

  async outputRoot(): Promise<Hex> {
    if (this.lie.kind === 'fails') return failed;
    const proofs = await this.outputs();
    return commitmentTo('output', proofs.map(({ root }) => root));
  }

  private outputs(): Promise<ProvenValue[]> {
    const changed = this.truth.header.outputs[0]!.value;
    return Promise.all(
      this.truth.header.outputs.map(async ({ value }) => {
        const proof = await this.truth.value(this.end, value);
        return value === changed ? { ...proof, root: junk } : proof;
      }),
    );
  }

  async openOutputs(): Promise<{ claim: Hex; outputs: Opening }> {
    if (this.lie.kind === 'fails') return { claim: failed, outputs: { values: '0x', siblings: [] } };
    const claim = await this.context(2 ** this.header.nodeBits);
    return { claim, outputs: joinOpening(await this.outputs()) };
  }

  // The disputed node

  stepBits(node: number): Promise<number> {
    return this.truth.stepBits(node);
  }

  initialState(node: number): Promise<Hex> {
    return this.truth.initialState(node);
  }

  async isDecided(node: number): Promise<boolean> {
    return node >= this.end || (await this.context(node)) === failed;
  }

  nodeProof(node: number): Promise<NodeProof> {
    return this.truth.nodeProof(node);
  }

  async nodeRun(node: number): Promise<NodeRun> {
    const run = await this.truth.nodeRun(node);
    const { kind } = this.lie;
    if (kind === 'operand') return withFalseOperand(run);
    if (node !== this.node || kind === 'final') return run;
    const finalState = await this.finalState();
    if (kind === 'fails') return { ...run, finalState, results: [], siblings: [] };
    return { ...run, finalState, results: [junk, ...run.results.slice(1)] };
  }

  /** The end of the disputed machine, which makes the next context that we claim. */
  private async finalState(): Promise<Hex> {
    const { node } = this;
    const { kind } = this.lie;
    const info = await this.truth.node(node);
    const end = await this.truth.slots(node, 2 ** info.stepBits);
    if (kind === 'fails') return replace(end.packedState, 'status', '0x02');
    const state = kind === 'halt' ? (await this.truth.slots(node, await this.lieStep())).packedState : end.packedState;
    const memory = fold(placeOf(info.results[0]!), { ...end.results[0]!, root: junk });
    return replace(stopped(state), 'memory', memory);
  }

  private async lieStep(): Promise<number> {
    return this.lie.step ?? Math.floor((await this.truth.steps(this.node)) / 2);
  }

  async states(node: number, first: number, length: number): Promise<Hex[]> {
    if (node !== this.node) return this.truth.states(node, first, length);
    const steps = Array.from({ length: parts }, (_, i) => first + ((i + 1) * length) / parts);
    return Promise.all(steps.map((step) => this.state(step)));
  }

  private async state(step: number): Promise<Hex> {
    const { node } = this;
    const { kind } = this.lie;
    if (step <= (await this.lieStep())) return this.truth.state(node, step);
    const isLast = step === 2 ** (await this.stepBits(node));
    if (isLast && kind === 'final') return keccak256((await this.truth.nodeRun(node)).finalState);
    if (isLast || kind === 'halt') return keccak256(await this.finalState());
    const { packedState } = await this.truth.slots(node, step);
    return keccak256(flip(packedState, corruptedField(kind)));
  }

  witness(node: number, step: number): Promise<Hex> {
    return this.truth.witness(node, step);
  }
}

/** Opens the first of the node's values with another root. */
function withFalseOperand(run: NodeRun): NodeRun {
  const { values, siblings } = run.values;
  const rest = size(values) > 36 ? slice(values, 36) : '0x';
  return { ...run, values: { values: concat([slice(values, 0, 4), junk, rest]), siblings } };
}

/** Lies about the node as a whole need some false states as well, if the other side enters it. */
function corruptedField(kind: LieKind): keyof typeof fields {
  const isNodeLie = nodeLies.some((lie) => lie === kind);
  return isNodeLie || kind === 'halt' ? 'memory' : (kind as keyof typeof fields);
}
