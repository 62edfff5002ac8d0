import { type Hex, isAddress, zeroAddress } from 'viem';
import { type Arguments, parseArguments } from '../command.js';
import { ServedRun } from '../oracle/served.js';
import { readTensor } from '../oracle/tensorFile.js';
import { UserError } from '../userError.js';
import { type Player, amount, chainHelp, chainOptions, follow, text, withPlayer } from './common.js';
import { type Conditions, awaitResult, defaultConditions, requestRun } from './requester.js';
import { ServerRole } from './server.js';
import { VerifierRole } from './verifier.js';

const serverUsage = `usage: opml-dispute server --rpc URL --contract ADDRESS --model FILE.onnx... [OPTION...]

Answers jobs about these models, defends the answers, and finalises them, until SIGINT or SIGTERM. Everything it needs
to know it reads from the chain, so it may be stopped and started again at any time.

${chainHelp}`;

export const serverCommand = {
  summary: 'answers jobs and defends the answers',
  run: (args: string[]) =>
    parseArguments('server', args, serverUsage, chainOptions, (parsed) =>
      withPlayer('server', parsed, (player) => {
        const { opml, reader, runs, say } = player;
        const role = new ServerRole(opml, reader, (job) => runs.of(job), say);
        return follow(() => role.step(), player);
      }),
    ),
};

const verifierUsage = `usage: opml-dispute verifier --rpc URL --contract ADDRESS --model FILE.onnx... [OPTION...]

Recomputes the results of jobs about these models and challenges those that are wrong, until SIGINT or SIGTERM. May be
stopped and started again at any time, as the server.

${chainHelp}`;

export const verifierCommand = {
  summary: 'recomputes results and challenges wrong ones',
  run: (args: string[]) =>
    parseArguments('verifier', args, verifierUsage, chainOptions, (parsed) =>
      withPlayer('verifier', parsed, (player) => {
        const { opml, reader, runs, say } = player;
        const role = new VerifierRole(opml, reader, (job) => runs.of(job), say);
        return follow(() => role.step(), player);
      }),
    ),
};

const requesterUsage = `usage: opml-dispute requester --rpc URL --contract ADDRESS --model FILE.onnx --input [NAME=]FILE... [OPTION...]

Requests a run of the model on these inputs, which are posted on the chain, and waits until the result is final. Prints
its output root. If nobody answers in time it takes the fee back and exits with 1.

  --input [NAME=]FILE    an input, .npy or TensorProto .pb, in the order of the model's
  --fee WEI              for the server, by default 0
  --bond WEI             at stake in an answer; by default the least that the contract takes
  --gas-price WEI        up to which the bond pays for its winner's moves, by default 20 gwei
  --server ADDRESS       who may answer, by default anyone
  --clock SECONDS        that each side of a game has, by default a day; answers, challenges and publications get
                         1, 4 and 1 times as much
${chainHelp}`;

const requesterOptions = {
  ...chainOptions,
  input: { type: 'string', multiple: true },
  fee: { type: 'string' },
  bond: { type: 'string' },
  'gas-price': { type: 'string' },
  server: { type: 'string' },
  clock: { type: 'string' },
} as const;

function conditionsOf(parsed: Arguments): Conditions {
  const server = parsed.values['server'] ?? zeroAddress;
  if (typeof server !== 'string' || !isAddress(server)) throw new UserError(`--server ${String(server)} is not an address`);
  const clock = Number(amount(parsed, 'clock', BigInt(defaultConditions.clock)));
  return {
    ...defaultConditions,
    server,
    fee: amount(parsed, 'fee', 0n),
    bond: amount(parsed, 'bond', 0n),
    feeCap: amount(parsed, 'gas-price', defaultConditions.feeCap),
    clock,
    answerPeriod: clock,
    window: 4 * clock,
    publishPeriod: clock,
    // Two requests that are alike are two jobs.
    nonce: BigInt(Date.now()),
  };
}

async function request(parsed: Arguments, { opml, reader, say }: Player, image: string): Promise<number> {
  const inputs = (parsed.values['input'] as string[] | undefined) ?? [];
  const run = await ServedRun.start(image, inputs);
  let jobId: Hex;
  try {
    const tensors = await Promise.all(inputs.map((input) => readTensor(input.replace(/^[^=/]*=/, ''))));
    jobId = await requestRun(opml, run, tensors, conditionsOf(parsed));
  } finally {
    await run.stop();
  }
  say('requests a run', { job: jobId });
  return awaitResult(opml, reader, jobId, say);
}

export const requesterCommand = {
  summary: 'requests a run and waits for its result',
  run: (args: string[]) =>
    parseArguments('requester', args, requesterUsage, requesterOptions, (parsed) => {
      text(parsed, 'rpc');
      return withPlayer('requester', parsed, (player) => {
        const [image, ...others] = player.runs.imageFiles();
        if (image === undefined || others.length > 0) throw new UserError('expected one --model');
        return request(parsed, player, image);
      });
    }),
};
