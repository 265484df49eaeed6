type Task = () => Promise<void>;

/**
 * Runs tasks of one key one after the other in the order given, and up to `width` keys at once. A task that takes long holds up
 * its own key and one place, nothing else. Tasks must not reject.
 */
export class Lanes {
  private readonly queues = new Map<string, Task[]>();
  private readonly ready: string[] = [];
  private running = 0;
  private whenIdle: (() => void)[] = [];

  constructor(private readonly width: number) {}

  add(key: string, task: Task): void {
    const queue = this.queues.get(key);
    if (queue) {
      queue.push(task);
      return;
    }
    this.queues.set(key, [task]);
    this.ready.push(key);
    this.fill();
  }

  /** Resolves once nothing runs or waits. */
  async idle(): Promise<void> {
    if (this.queues.size > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  private fill(): void {
    while (this.running < this.width) {
      const key = this.ready.shift();
      if (key === undefined) return;
      this.running += 1;
      void this.runOne(key);
    }
  }

  private async runOne(key: string): Promise<void> {
    const queue = this.queues.get(key) ?? [];
    await queue.shift()?.();
    this.running -= 1;
    if (queue.length > 0) this.ready.push(key);
    else this.queues.delete(key);
    this.fill();
    if (this.queues.size > 0) return;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }
}
