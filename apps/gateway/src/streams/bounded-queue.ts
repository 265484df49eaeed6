/**
 * Hands items from one producer to one reader. A full queue holds the producer back; when a full queue is not touched by
 * its reader for `stallMs`, the queue drops what it holds and fails with `stalled()`.
 */
export class BoundedQueue<Item> {
  readonly #items: Item[] = [];
  readonly #size: number;
  readonly #stallMs: number;
  readonly #stalled: () => Error;
  #failure: Error | undefined;
  #closed = false;
  #wakeReader: (() => void) | undefined;
  #wakeProducer: (() => void) | undefined;
  #stallTimer: NodeJS.Timeout | undefined;

  constructor(options: { size: number; stallMs: number; stalled: () => Error }) {
    this.#size = options.size;
    this.#stallMs = options.stallMs;
    this.#stalled = options.stalled;
  }

  get length(): number {
    return this.#items.length;
  }

  /** Adds an item and waits while the queue is full. Resolves to false once nobody will read it any more. */
  async push(item: Item): Promise<boolean> {
    if (this.#closed) return false;
    this.#items.push(item);
    this.#wakeReader?.();
    if (this.#items.length >= this.#size) {
      this.#stallTimer = setTimeout(() => this.fail(this.#stalled()), this.#stallMs);
      await new Promise<void>((resolve) => (this.#wakeProducer = resolve));
    }
    return !this.#closed;
  }

  /** The next item if one is there; does not wait and does not throw. */
  poll(): Item | undefined {
    if (this.#closed) return undefined;
    return this.#taken();
  }

  /** The next item; waits for one. Undefined once the queue is closed; throws once it failed. */
  async shift(): Promise<Item | undefined> {
    while (this.#items.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
    if (this.#failure) throw this.#failure;
    return this.#taken();
  }

  #taken(): Item | undefined {
    const item = this.#items.shift();
    if (item === undefined) return undefined;
    clearTimeout(this.#stallTimer);
    this.#wakeProducer?.();
    return item;
  }

  /** Ends the queue with an error for the reader; what was not read yet is dropped. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.close();
  }

  /** Ends the queue: a waiting reader and a waiting producer return at once. */
  close(): void {
    this.#closed = true;
    this.#items.length = 0;
    clearTimeout(this.#stallTimer);
    this.#wakeReader?.();
    this.#wakeProducer?.();
  }
}
