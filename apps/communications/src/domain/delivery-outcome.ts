/** How one try to deliver ended, as far as we know. */
export type DeliveryOutcome =
  /** The next system on the way has said that it took it over. */
  | { readonly kind: 'ACCEPTED' }
  /** It may pass. `mayHaveArrived`: the message was on its way, and no answer to it was read. */
  | { readonly kind: 'TEMPORARY'; readonly reason: string; readonly mayHaveArrived: boolean }
  /** This message or this recipient is refused for good. */
  | { readonly kind: 'PERMANENT'; readonly reason: string }
  /** Nothing was begun, and it does not count as a try. */
  | { readonly kind: 'NOT_TRIED'; readonly reason: string };
