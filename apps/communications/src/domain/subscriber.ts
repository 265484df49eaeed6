import { decide, refuse, unchanged, type Decision, type Refused } from '@graphdesk/decisions';
import { emailAddress } from './email-address.js';
import type { SubscriberFact } from './subscriber-facts.js';
import { forbidden, type Acting } from './update-permissions.js';
import type { UpdateRefusal } from './update-refusals.js';
import type { Audience } from './vocabulary.js';

/** Subscribers of a tenant at most: an update is handed over to all of them in one transaction. */
export const SUBSCRIBER_LIMIT = 500;

/** Services that one subscriber may choose at most. */
const SERVICES_LIMIT = 100;

/** Somebody who is told of updates by e-mail, and may not even be a person of the tenant. */
export interface Subscriber {
  readonly id: string;
  /** Personal data: kept here alone, and erased when the subscriber is removed. */
  readonly email: string | null;
  /** They are told what is written for this audience. */
  readonly audience: Audience;
  /** Of incidents of these services; null: of all incidents. */
  readonly serviceIds: readonly string[] | null;
  readonly addedAt: Date;
  readonly removedAt: Date | null;
  /** How many events it has published: 1, 2, 3 … */
  readonly version: number;
}

/** What is asked for. */
export interface NewSubscriber {
  readonly email: string;
  readonly audience: Audience;
  readonly serviceIds: readonly string[] | null;
}

/** A subscriber at birth, with what happened. */
export interface AddedSubscriber {
  readonly ok: true;
  readonly subscriber: Omit<Subscriber, 'version'>;
  readonly facts: readonly SubscriberFact[];
}

/** Puts somebody on the list; `count` is how many are on it already. */
export function addSubscriber(
  id: string,
  asked: NewSubscriber,
  count: number,
  acting: Acting,
  now: Date,
): AddedSubscriber | Refused<UpdateRefusal> {
  const refused = forbidden(acting, 'manage-subscribers');
  if (refused) return refused;
  const email = emailAddress(asked.email);
  if (email === null) return refuse('INVALID_EMAIL', 'email is no e-mail address.', { path: ['email'] });
  const services = asked.serviceIds?.length;
  if (services === 0 || (services ?? 0) > SERVICES_LIMIT) {
    const message = `serviceIds names 1 to ${SERVICES_LIMIT} services; left out, it means all.`;
    return refuse('INVALID_INPUT', message, { path: ['serviceIds'] });
  }
  if (count >= SUBSCRIBER_LIMIT) return refuse('TOO_MANY_SUBSCRIBERS', `A tenant has ${SUBSCRIBER_LIMIT} at most.`);
  const serviceIds = asked.serviceIds && [...new Set(asked.serviceIds)];
  const subscriber = { id, email, audience: asked.audience, serviceIds, addedAt: now, removedAt: null };
  return { ok: true, subscriber, facts: [{ kind: 'subscriber-added', addedBy: acting.id, at: now }] };
}

/** Takes somebody off the list and erases the address; what has not begun to be sent to them by then is not sent any more. */
export function removeSubscriber(
  subscriber: Subscriber,
  acting: Acting,
  now: Date,
): Decision<Subscriber, SubscriberFact, UpdateRefusal> {
  const refused = forbidden(acting, 'manage-subscribers');
  if (refused) return refused;
  if (subscriber.removedAt !== null) return unchanged();
  return decide({ email: null, removedAt: now }, [{ kind: 'subscriber-removed', removedBy: acting.id, at: now }]);
}
