/** What can happen to a subscriber; each fact becomes one event, one version and one entry of the timeline. */
export type SubscriberFact = { readonly at: Date } & (
  | { readonly kind: 'subscriber-added'; readonly addedBy: string }
  | { readonly kind: 'subscriber-removed'; readonly removedBy: string }
);
