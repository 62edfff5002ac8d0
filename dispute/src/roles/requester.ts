import { type Address, type Hex, zeroAddress, zeroHash } from 'viem';
import { type JobView, publishedPieces } from '../chain/ledger.js';
import type { Opml, Registration } from '../chain/opml.js';
import type { EventReader } from '../chain/reader.js';
import { RevertError } from '../chain/sender.js';
import type { Terms } from '../chain/terms.js';
import { assemble } from '../data/tensor.js';
import { failed } from '../game/state.js';
import type { DataSource } from '../oracle/outputs.js';
import { type PortInfo, type ServedRun, joinOpening } from '../oracle/served.js';
import { sizeOf } from '../oracle/tensorFile.js';
import { UserError } from '../userError.js';
import { Demander } from './demander.js';
import { Publisher } from './publisher.js';
import type { Say } from './say.js';

/** The conditions of a job that its requester chooses. */
export type Conditions = Pick<
  Terms,
  'server' | 'fee' | 'bond' | 'feeCap' | 'answerPeriod' | 'window' | 'clock' | 'publishPeriod' | 'callbackGas' | 'nonce'
>;

export const defaultConditions = {
  server: zeroAddress as Address,
  fee: 0n,
  bond: 0n,
  feeCap: 20_000_000_000n,
  answerPeriod: 86_400,
  window: 4 * 86_400,
  clock: 86_400,
  publishPeriod: 86_400,
  callbackGas: 0,
  nonce: 0n,
} satisfies Conditions;

export function registrationOf({ header }: ServedRun): Registration {
  const { codeRoot, initialContext, nodesRoot, codeDepth, contextDepth, nodeBits, maxSlots, inputs, outputs } = header;
  return {
    header: { codeRoot, initialContext, nodesRoot, codeDepth, contextDepth, nodeBits, maxSlots },
    inputs: inputs.map(({ packed }) => packed),
    outputs: outputs.map(({ packed }) => packed),
  };
}

/** The inputs of a request: their bytes, which are posted on the chain, or where they lie. */
export type RequestedInputs = { tensors: Hex[] } | { uris: string[] };

/**
 * Requests a run; registers the model if nobody has. A bond of zero stands for the least that the contract takes. Returns
 * the job's id.
 */
export async function requestRun(opml: Opml, run: ServedRun, inputs: RequestedInputs, conditions: Conditions): Promise<Hex> {
  const { header } = run;
  if (!(await opml.isRegistered(header.modelRoot))) await opml.register(registrationOf(run));
  const proofs = await Promise.all(header.inputs.map(({ value }) => run.value(0, value)));
  // Siblings that hold no input are the same in the initial context.
  const { siblings } = joinOpening(proofs);
  const unfilled = { start: zeroHash, inputRoot: zeroHash, requester: zeroAddress };
  const roots = proofs.map(({ root }) => root);
  const send = (terms: Terms) =>
    'tensors' in inputs
      ? opml.request(terms, inputs.tensors, siblings)
      : opml.requestStored(terms, roots, inputs.uris.join(' '), siblings);
  const terms = { ...conditions, ...unfilled, modelRoot: header.modelRoot };
  const receipt = await send(terms).catch((error: unknown) => {
    // The contract says what it takes.
    if (conditions.bond !== 0n || !(error instanceof RevertError) || error.errorName !== 'BondTooSmall') throw error;
    return send({ ...terms, bond: error.errorArguments[0] as bigint });
  });
  const jobId = receipt.logs.find((log) => log.address.toLowerCase() === opml.address.toLowerCase())?.topics[1];
  if (!jobId) throw new UserError('the request left no event; is this the address of an Opml contract?');
  return jobId;
}

export interface RequesterOptions {
  data: DataSource;
  /** Wei that a demand for the outputs may take; zero for none. */
  maxDeposit: bigint;
  /** The model's outputs, if the requester wants them. */
  outputs: PortInfo[];
}

/** Looks after one job of ours until it is over. */
export class RequesterRole {
  private readonly publisher: Publisher;
  private readonly demander: Demander;
  private said = '';

  constructor(
    private readonly opml: Opml,
    private readonly reader: EventReader,
    private readonly jobId: Hex,
    private readonly say: Say,
    private readonly options: RequesterOptions,
  ) {
    this.publisher = new Publisher(opml, options.data, say);
    this.demander = new Demander(opml, options.maxDeposit, say);
  }

  /** Does what there is to do at this time. Returns the job, if the chain has it. */
  async step(): Promise<JobView | undefined> {
    const { time } = await this.reader.poll();
    const job = this.reader.ledger.jobs.get(this.jobId);
    if (!job) return undefined;
    if (job.status !== this.said) this.say(`the job is ${job.status}`, { attempt: job.attempt, outputRoot: job.outputRoot });
    this.said = job.status;
    await this.demander.settle(job, time);
    if (job.status === 'open' && time > job.since + job.terms.answerPeriod) await this.opml.refund(job.terms);
    // It is the server that a publication is paid for. We only help out.
    const deadline = job.demands.get('inputs')?.deadline ?? Infinity;
    if (time > deadline - job.terms.publishPeriod / 2) await this.publisher.publish(job, time);
    const wantsOutputs = this.options.outputs.length > 0 && !this.outputsOf(job);
    if (job.status === 'answered' && wantsOutputs && job.outputRoot !== failed) await this.demander.demand(job, 'outputs', time);
    return job;
  }

  /** The outputs of the job's result, once they are on the chain. */
  outputsOf(job: JobView): Uint8Array[] | null {
    const pieces = publishedPieces(job, 'outputs');
    const tensors = this.options.outputs.map((port, i) => assemble(pieces.get(i), sizeOf(port)));
    return tensors.every((tensor) => tensor !== null) ? tensors : null;
  }
}

const pollMs = 1000;

/** Waits until the job has a final result. Null if nobody has answered: then the fee is back. */
export async function awaitResult(role: RequesterRole): Promise<JobView | null> {
  for (;;) {
    const job = await role.step();
    if (job?.status === 'final') return job;
    if (job?.status === 'closed') return null;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
