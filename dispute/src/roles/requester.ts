import { type Address, type Hex, zeroAddress, zeroHash } from 'viem';
import type { Opml, Registration } from '../chain/opml.js';
import type { EventReader } from '../chain/reader.js';
import { RevertError } from '../chain/sender.js';
import type { Terms } from '../chain/terms.js';
import { joinOpening, type ServedRun } from '../oracle/served.js';
import { UserError } from '../userError.js';
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

/**
 * Requests a run on inputs that are posted on the chain; registers the model if nobody has. A bond of zero stands for the
 * least that the contract takes. Returns the job's id.
 */
export async function requestRun(opml: Opml, run: ServedRun, tensors: Hex[], conditions: Conditions): Promise<Hex> {
  const { modelRoot, inputs } = run.header;
  if (!(await opml.isRegistered(modelRoot))) await opml.register(registrationOf(run));
  // Siblings that hold no input are the same in the initial context.
  const { siblings } = joinOpening(await Promise.all(inputs.map(({ value }) => run.value(0, value))));
  const unfilled = { start: zeroHash, inputRoot: zeroHash, requester: zeroAddress };
  const terms = { ...conditions, ...unfilled, modelRoot };
  const receipt = await opml.request(terms, tensors, siblings).catch((error: unknown) => {
    // The contract says what it takes.
    if (conditions.bond !== 0n || !(error instanceof RevertError) || error.errorName !== 'BondTooSmall') throw error;
    return opml.request({ ...terms, bond: error.errorArguments[0] as bigint }, tensors, siblings);
  });
  const jobId = receipt.logs.find((log) => log.address.toLowerCase() === opml.address.toLowerCase())?.topics[1];
  if (!jobId) throw new UserError('the request left no event; is this the address of an Opml contract?');
  return jobId;
}

const pollMs = 1000;

/** Waits until the job has a final result and says it. Takes the fee back, and returns 1, if nobody answers. */
export async function awaitResult(opml: Opml, reader: EventReader, jobId: Hex, say: Say): Promise<number> {
  for (let said = ''; ; ) {
    const { time } = await reader.poll();
    const job = reader.ledger.jobs.get(jobId);
    if (job && job.status !== said) say(`the job is ${job.status}`, { attempt: job.attempt, outputRoot: job.outputRoot });
    said = job?.status ?? '';
    if (said === 'final') return 0;
    if (said === 'closed') return 1;
    if (job && said === 'open' && time > job.since + job.terms.answerPeriod) await opml.refund(job.terms);
    else await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
