import type { Hex } from 'viem';
import { UserError } from '../userError.js';
import { Refusals } from './refusals.js';
import type { Say } from './say.js';

/** Keeps what goes wrong with one job from the others; it is tried again after a while. */
export class Guard {
  private readonly failed = new Refusals();

  constructor(private readonly say: Say) {}

  async run(jobId: Hex, time: number, work: () => Promise<number>): Promise<number> {
    if (this.failed.isFresh(jobId, time)) return 0;
    try {
      return await work();
    } catch (error) {
      // Of our tools, or of one transaction. A chain that cannot be reached concerns all jobs.
      if (!(error instanceof UserError)) throw error;
      this.say('cannot go on with a job', { job: jobId, why: error.message });
      this.failed.add(jobId, time);
      return 0;
    }
  }
}
