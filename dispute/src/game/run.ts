import type { Hex } from 'viem';

/** Leaves of a context opened together (Context.sol). */
export interface Opening {
  values: Hex;
  siblings: Hex[];
}

/** A node's descriptor, or `0x` for the padding, with its proof (Transitions.sol). */
export interface NodeProof {
  descriptor: Hex;
  siblings: Hex[];
}

/** What a player says about a node's machine: Transitions.sol's NodeRun. */
export interface NodeRun {
  values: Opening;
  finalState: Hex;
  results: Hex[];
  siblings: Hex[];
}

/** What modelRoot binds beside the signature: Models.sol's ModelHeader. */
export interface ModelHeader {
  codeRoot: Hex;
  initialContext: Hex;
  nodesRoot: Hex;
  codeDepth: number;
  contextDepth: number;
  nodeBits: number;
  maxSlots: number;
}

/**
 * One run of a model as a player defends it: all contexts and all machine states. An honest player's says what is true;
 * whoever plays needs nothing else.
 */
export interface Run {
  readonly header: ModelHeader;
  /** The contexts behind the sixteenths of the `length` nodes from `first` on. */
  contexts(first: number, length: number): Promise<Hex[]>;
  /** The same of the machine states of a node. */
  states(node: number, first: number, length: number): Promise<Hex[]>;
  /** The state in which a node's machine begins. */
  initialState(node: number): Promise<Hex>;
  stepBits(node: number): Promise<number>;
  /** Whether no machine decides the successor of the context before `node`: it is FAILED, or the node is padding. */
  isDecided(node: number): Promise<boolean>;
  /** The commitment to the outputs: all that a server answers. */
  outputRoot(): Promise<Hex>;
  /** The output values in the last context; nothing if that is FAILED. */
  openOutputs(): Promise<{ claim: Hex; outputs: Opening }>;
  nodeProof(node: number): Promise<NodeProof>;
  nodeRun(node: number): Promise<NodeRun>;
  /** Calldata of the step contract. */
  witness(node: number, step: number): Promise<Hex>;
}
