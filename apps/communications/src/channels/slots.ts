/** So many things at once; others wait for their turn, in order. */
export class Slots {
  private readonly waiting: (() => void)[] = [];
  private readonly ends = new Set<Promise<unknown>>();
  private free: number;

  constructor(count: number) {
    this.free = count;
  }

  /** Runs `work` when it is its turn. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const end: Promise<T> = this.inTurn(work).finally(() => this.ends.delete(end));
    this.ends.add(end);
    return end;
  }

  /** Settles when nothing runs or waits any more. */
  async idle(): Promise<void> {
    while (this.ends.size > 0) await Promise.allSettled(this.ends);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
