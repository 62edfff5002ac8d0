import { type Address, type Hex, zeroAddress, zeroHash } from 'viem';
import type { Opml, Registration } from '../chain/opml.js';
import type { Terms } from '../chain/terms.js';
import { joinOpening, type ServedRun } from '../oracle/served.js';
import { UserError } from '../userError.js';

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

/** Requests a run on inputs that are posted on the chain; registers the model if nobody has. Returns the job's id. */
export async function requestRun(opml: Opml, run: ServedRun, tensors: Hex[], conditions: Conditions): Promise<Hex> {
  const { modelRoot, inputs } = run.header;
  if (!(await opml.isRegistered(modelRoot))) await opml.register(registrationOf(run));
  // Siblings that hold no input are the same in the initial context.
  const { siblings } = joinOpening(await Promise.all(inputs.map(({ value }) => run.value(0, value))));
  const unfilled = { start: zeroHash, inputRoot: zeroHash, requester: zeroAddress };
  const receipt = await opml.request({ ...conditions, ...unfilled, modelRoot }, tensors, siblings);
  const jobId = receipt.logs.find((log) => log.address.toLowerCase() === opml.address.toLowerCase())?.topics[1];
  if (!jobId) throw new UserError('the request left no event; is this the address of an Opml contract?');
  return jobId;
}
