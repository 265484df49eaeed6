import { streamFault } from './stream-fault.js';

/** Counts what is held per holder, and refuses more than a number of it. */
export class Seats<Holder> {
  readonly #taken = new Map<Holder, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a seat; the answer gives it back, once, however often it is called. Throws SUBSCRIPTION_LIMIT when all are taken. */
  take(holder: Holder): () => void {
    const taken = this.#taken.get(holder) ?? 0;
    if (taken >= this.#most) throw streamFault('SUBSCRIPTION_LIMIT');
    this.#taken.set(holder, taken + 1);
    let held = true;
    return () => {
      if (held) this.#giveBack(holder);
      held = false;
    };
  }

  /** Takes a seat for as long as it takes to open something and that lasts. Throws SUBSCRIPTION_LIMIT, or what `open` throws. */
  async hold<Opened extends { readonly ended: AbortSignal }>(
    holder: Holder,
    open: () => Promise<Opened>,
  ): Promise<Opened> {
    const giveBack = this.take(holder);
    try {
      const opened = await open();
      opened.ended.addEventListener('abort', giveBack, { once: true });
      if (opened.ended.aborted) giveBack();
      return opened;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  #giveBack(holder: Holder): void {
    const left = (this.#taken.get(holder) ?? 0) - 1;
    if (left > 0) this.#taken.set(holder, left);
    else this.#taken.delete(holder);
  }
}
