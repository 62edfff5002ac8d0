/** What a player asks about: values and contexts (phase 2), or the machine of a node (phase 1). */
export type Part = 'contexts' | 'machines';

const machineQuestions = ['steps', 'state', 'section', 'slots', 'witness'];

export const partOf = (op: string): Part => (machineQuestions.includes(op) ? 'machines' : 'contexts');

/** How long somebody has been waiting for answers of each part; who waits for several at once waits once. */
export class Stopwatch {
  private readonly waiting = new Map<Part, { questions: number; since: number }>();
  private readonly spent = new Map<Part, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  async time<Result>(part: Part, answer: Promise<Result>): Promise<Result> {
    const now = this.waiting.get(part) ?? { questions: 0, since: 0 };
    this.waiting.set(part, now);
    if (now.questions++ === 0) now.since = this.now();
    try {
      return await answer;
    } finally {
      if (--now.questions === 0) this.spent.set(part, this.milliseconds(part) + this.now() - now.since);
    }
  }

  milliseconds(part: Part): number {
    return this.spent.get(part) ?? 0;
  }
}
