/** What can happen to an update; each fact becomes one event, one version and one entry of the timeline. */
export type UpdateFact = { readonly at: Date } & (
  | { readonly kind: 'update-drafted'; readonly templateVersion: number }
  | { readonly kind: 'update-edited'; readonly editedBy: string }
  | { readonly kind: 'update-approved'; readonly approvedBy: string }
  | { readonly kind: 'update-discarded'; readonly discardedBy: string }
  | { readonly kind: 'update-sent'; readonly sentBy: string; readonly recipients: number }
);
