import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Hex, hexToBytes, isAddress, zeroAddress } from 'viem';
import { type Arguments, parseArguments } from '../command.js';
import { type PortInfo, ServedRun } from '../oracle/served.js';
import { readTensor, writeNpy } from '../oracle/tensorFile.js';
import { UserError } from '../userError.js';
import { type Player, amount, chainHelp, chainOptions, follow, playerHelp, playerOptions, text, withPlayer } from './common.js';
import { type Conditions, RequesterRole, awaitResult, defaultConditions, requestRun } from './requester.js';
import type { Say } from './say.js';
import { ServerRole } from './server.js';
import { VerifierRole } from './verifier.js';

const minClockOf = (parsed: Arguments): number => Number(amount(parsed, 'min-clock', 600n));

const serverUsage = `usage: opml-dispute server --rpc URL --contract ADDRESS --model FILE.onnx... [OPTION...]

Answers jobs about these models, defends the answers, and finalises them, until SIGINT or SIGTERM. Everything it needs
to know it reads from the chain, so it may be stopped and started again at any time. Publishes data of its answers that
somebody demands.

  --min-fee WEI          leave jobs alone that pay less, by default 0
  --answer-bytes BYTES   send outputs up to this size with the answer, by default 4096
${playerHelp}`;

const serverOptions = { ...playerOptions, 'answer-bytes': { type: 'string' }, 'min-fee': { type: 'string' } } as const;

export const serverCommand = {
  summary: 'answers jobs and defends the answers',
  run: (args: string[]) =>
    parseArguments('server', args, serverUsage, serverOptions, (parsed) =>
      withPlayer('server', parsed, (player) => {
        const { opml, reader, runs, say } = player;
        const role = new ServerRole(opml, reader, (job) => runs.of(job), say, {
          data: runs,
          answerBytes: Number(amount(parsed, 'answer-bytes', 4096n)),
          minClock: minClockOf(parsed),
          minFee: amount(parsed, 'min-fee', 0n),
        });
        return follow(() => role.step(), player);
      }),
    ),
};

const verifierUsage = `usage: opml-dispute verifier --rpc URL --contract ADDRESS --model FILE.onnx... [OPTION...]

Recomputes the results of jobs about these models and challenges those that are wrong, until SIGINT or SIGTERM. May be
stopped and started again at any time, as the server.

  --max-deposit WEI      demand the publication of inputs that are not to be had, for so much at most; who demands what
                         is not withheld loses it, so by default nothing is demanded
${playerHelp}`;

const verifierOptions = { ...playerOptions, 'max-deposit': { type: 'string' } } as const;

export const verifierCommand = {
  summary: 'recomputes results and challenges wrong ones',
  run: (args: string[]) =>
    parseArguments('verifier', args, verifierUsage, verifierOptions, (parsed) =>
      withPlayer('verifier', parsed, (player) => {
        const { opml, reader, runs, say } = player;
        const role = new VerifierRole(opml, reader, (job) => runs.of(job), say, {
          lacksInputs: (job) => runs.lacksInputs(job),
          maxDeposit: amount(parsed, 'max-deposit', 0n),
          minClock: minClockOf(parsed),
        });
        return follow(() => role.step(), player);
      }),
    ),
};

const requesterUsage = `usage: opml-dispute requester --rpc URL --contract ADDRESS --model FILE.onnx --input [NAME=]FILE... [OPTION...]

Requests a run of the model on these inputs, which are posted on the chain, and waits until the result is final. Prints
its output root. If nobody answers in time it takes the fee back and exits with 1.

  --input [NAME=]FILE    an input, .npy or TensorProto .pb, in the order of the model's
  --uri URI              where an input lies, in the same order: the bytes of the tensor, or a .npy file. Then the inputs
                         are not posted on the chain, unless somebody demands it
  -o DIR                 write the outputs there, 0.npy and so on, if they are on the chain when the result is final
  --max-deposit WEI      with -o: demand outputs that are not on the chain, for so much at most; by default 0
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
  uri: { type: 'string', multiple: true },
  output: { type: 'string', short: 'o' },
  'max-deposit': { type: 'string' },
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

const list = ({ values }: Arguments, name: string): string[] => (values[name] as string[] | undefined) ?? [];

/** The outputs of the job in files, where they are wanted and there. */
async function writeOutputs(folder: string, outputs: PortInfo[], tensors: Uint8Array[] | null, say: Say): Promise<void> {
  if (!tensors) return say('the outputs are not on the chain');
  await mkdir(folder, { recursive: true });
  for (const [i, { type, shape }] of outputs.entries()) await writeNpy(join(folder, `${i}.npy`), type, shape, tensors[i]!);
  say('has the outputs', { folder });
}

async function request(parsed: Arguments, { opml, reader, say }: Player, image: string): Promise<number> {
  const [inputs, uris] = [list(parsed, 'input'), list(parsed, 'uri')];
  const run = await ServedRun.start(image, inputs);
  let jobId: Hex;
  const tensors = await Promise.all(inputs.map((input) => readTensor(input.replace(/^[^=/]*=/, ''))));
  try {
    if (uris.length > 0 && uris.length !== tensors.length) throw new UserError(`${uris.length} --uri for ${tensors.length} inputs`);
    jobId = await requestRun(opml, run, uris.length > 0 ? { uris } : { tensors }, conditionsOf(parsed));
  } finally {
    await run.stop();
  }
  say('requests a run', { job: jobId });
  const folder = parsed.values['output'] as string | undefined;
  const outputs = folder === undefined ? [] : run.header.outputs;
  const bytes = tensors.map((tensor) => hexToBytes(tensor));
  const role = new RequesterRole(opml, reader, jobId, say, {
    data: { tensors: async (_, part) => (part === 'inputs' ? bytes : null) },
    maxDeposit: amount(parsed, 'max-deposit', 0n),
    outputs,
  });
  const job = await awaitResult(role);
  if (job && folder !== undefined) await writeOutputs(folder, outputs, role.outputsOf(job), say);
  return job ? 0 : 1;
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
