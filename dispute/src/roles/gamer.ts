import { isAddressEqual } from 'viem';
import type { JobView, Ledger } from '../chain/ledger.js';
import type { Opml } from '../chain/opml.js';
import { RevertError } from '../chain/sender.js';
import { type Move, nextMove } from '../game/move.js';
import type { Run } from '../game/run.js';
import type { GameView } from '../game/state.js';
import { Guard } from './guard.js';
import { Refusals } from './refusals.js';
import type { Say } from './say.js';

/** The run that a player defends in a job; null if it does not take part. */
export type RunOf = (job: JobView) => Promise<Run | null>;

function describe(move: Move): Record<string, unknown> {
  switch (move.kind) {
    case 'divide':
      return { pick: move.pick };
    case 'enterNode':
    case 'showNode':
      return { node: move.node };
    case 'executeStep':
      return { node: move.node, step: move.step };
    case 'showEqualEnds':
      return {};
  }
}

/** Plays all games in which an account takes part, from what the chain says and nothing else. */
export class Gamer {
  /** By the position's accumulator. */
  private readonly refused = new Refusals();
  private readonly guard: Guard;

  constructor(
    private readonly opml: Opml,
    private readonly runOf: RunOf,
    private readonly say: Say,
  ) {
    this.guard = new Guard(say);
  }

  /** Makes every move that is ours to make. Returns how many were made. */
  async play(ledger: Ledger, time: number): Promise<number> {
    let moves = 0;
    for (const game of [...ledger.games.values()]) {
      const job = ledger.jobs.get(game.jobId)!;
      if (!this.isOurs(game) || this.refused.isFresh(game.accumulator, time)) continue;
      moves += await this.guard.run(game.jobId, time, async () => Number(await this.playOne(game, job, time)));
    }
    return moves;
  }

  private isOurs({ fields: { server, challenger } }: GameView): boolean {
    return [server, challenger].some((player) => isAddressEqual(player, this.opml.sender.address));
  }

  private async playOne(game: GameView, job: JobView, time: number): Promise<boolean> {
    const { fields } = game;
    if (fields.attempt !== job.attempt) return this.attempt(game, time, 'takes its bond back', () => this.opml.reclaim(game));
    const mover = fields.serverMoves ? fields.server : fields.challenger;
    const left = (fields.serverMoves ? fields.serverClock : fields.challengerClock) - (time - fields.movedAt);
    if (!isAddressEqual(mover, this.opml.sender.address))
      return left < 0 && this.attempt(game, time, 'calls time', () => this.opml.callTime(game));
    const run = left < 0 ? null : await this.runOf(job);
    if (!run) return false;
    const move = await nextMove(game, run);
    return this.attempt(game, time, move.kind, () => this.opml.move(game, move), describe(move));
  }

  /** Sends what should be accepted. If it is refused the position is stale, or we lie. */
  private async attempt(
    game: GameView,
    time: number,
    what: string,
    send: () => Promise<{ gasUsed: bigint }>,
    facts: Record<string, unknown> = {},
  ): Promise<boolean> {
    try {
      const { gasUsed } = await send();
      this.say(what, { ...facts, gas: gasUsed });
      return true;
    } catch (error) {
      if (!(error instanceof RevertError)) throw error;
      this.say('is refused by the chain', { move: what, why: error.message });
      this.refused.add(game.accumulator, time);
      return false;
    }
  }
}
