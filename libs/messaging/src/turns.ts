interface Waiting {
  readonly alone: boolean;
  readonly begin: () => void;
}

/**
 * Who may run now: any number together, or one alone. First come, first served, so nobody waits for ever. One for all
 * consumers of a process, because a process ends for all of them.
 */
export class Turns {
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private aloneRuns = false;

  /** Runs the task in its turn; with `alone`, while nothing else runs. */
  async take<T>(alone: boolean, task: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.waiting.push({ alone, begin });
      this.admit();
    });
    try {
      return await task();
    } finally {
      this.running -= 1;
      this.aloneRuns = false;
      this.admit();
    }
  }

  private admit(): void {
    for (;;) {
      const next = this.waiting[0];
      if (!next || this.aloneRuns || (next.alone && this.running > 0)) return;
      this.waiting.shift();
      this.running += 1;
      this.aloneRuns = next.alone;
      next.begin();
    }
  }
}
