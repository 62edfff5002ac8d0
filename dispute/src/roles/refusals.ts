/** Seconds after which something that the chain has refused is tried again. */
const pause = 60;

/**
 * What the chain has refused, and when. A refusal is not for ever: a re-organisation may have caused it, or bring the
 * position back in which the move is good.
 */
export class Refusals {
  private readonly times = new Map<string, number>();

  add(what: string, time: number): void {
    this.times.set(what, time);
  }

  isFresh(what: string, time: number): boolean {
    const refused = this.times.get(what);
    return refused !== undefined && time < refused + pause;
  }
}
