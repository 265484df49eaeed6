import type { Receipt, Unpublished } from './relay-store.js';

/** A batch as lanes that may be published at once: one per aggregate, its events in order. */
export function byAggregate(waiting: readonly Unpublished[]): readonly (readonly Unpublished[])[] {
  const lanes = new Map<string, Unpublished[]>();
  for (const entry of waiting) {
    const lane = lanes.get(entry.event.subject);
    if (lane) lane.push(entry);
    else lanes.set(entry.event.subject, [entry]);
  }
  return [...lanes.values()];
}

/** What the planted bug marks: receipts that the broker never gave. */
export function unconfirmed(waiting: readonly Unpublished[]): readonly Receipt[] {
  return waiting.map(({ seq }) => ({ seq, streamSeq: 0 }));
}
