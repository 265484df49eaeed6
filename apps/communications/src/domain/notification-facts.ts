/** What can happen to a notification; each fact becomes one event, one version and one entry of the timeline. */
export type NotificationFact = { readonly at: Date } & (
  | { readonly kind: 'notification-queued' }
  | { readonly kind: 'notification-claimed'; readonly leaseUntil: Date }
  | { readonly kind: 'notification-deferred'; readonly reason: string; readonly nextTryAt: Date }
  | { readonly kind: 'notification-sent' }
  | { readonly kind: 'notification-failed'; readonly reason: string }
);
