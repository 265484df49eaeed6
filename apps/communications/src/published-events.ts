import {
  notificationClaimedV1,
  notificationDeferredV1,
  notificationFailedV1,
  notificationQueuedV1,
  notificationSentV1,
  subscriberAddedV1,
  subscriberRemovedV1,
  updateApprovedV1,
  updateDiscardedV1,
  updateDraftedV1,
  updateEditedV1,
  updateSentV1,
} from '@graphdesk/contracts';
import { exhaustive } from '@graphdesk/decisions';
import { publication, type Publication } from '@graphdesk/subgraph';
import type { Notification } from './domain/notification.js';
import type { NotificationFact } from './domain/notification-facts.js';
import type { StakeholderUpdate } from './domain/stakeholder-update.js';
import type { Subscriber } from './domain/subscriber.js';
import type { SubscriberFact } from './domain/subscriber-facts.js';
import type { UpdateFact } from './domain/update-facts.js';

/** An update's facts as other services read them. */
export function publishUpdate(fact: UpdateFact, update: StakeholderUpdate): Publication {
  const at = fact.at.toISOString();
  const { incidentId, occasion, audience, subject, body } = update;
  const words = { audience, subject, body };
  switch (fact.kind) {
    case 'update-drafted': {
      const { templateVersion } = fact;
      return publication(updateDraftedV1, { incidentId, occasion, ...words, templateVersion, draftedAt: at });
    }
    case 'update-edited':
      return publication(updateEditedV1, { incidentId, ...words, editedBy: fact.editedBy, editedAt: at });
    case 'update-approved': {
      const { approvedBy } = fact;
      return publication(updateApprovedV1, { incidentId, occasion, ...words, approvedBy, approvedAt: at });
    }
    case 'update-discarded':
      return publication(updateDiscardedV1, { incidentId, occasion, discardedBy: fact.discardedBy, discardedAt: at });
    case 'update-sent': {
      const { sentBy, recipients } = fact;
      return publication(updateSentV1, { incidentId, occasion, ...words, recipients, sentBy, sentAt: at });
    }
    default:
      return exhaustive(fact);
  }
}

/** A subscriber's facts as other services read them: never with the address. */
export function publishSubscriber(fact: SubscriberFact, subscriber: Subscriber): Publication {
  const at = fact.at.toISOString();
  switch (fact.kind) {
    case 'subscriber-added': {
      const serviceIds = subscriber.serviceIds && [...subscriber.serviceIds];
      const { audience } = subscriber;
      return publication(subscriberAddedV1, {
        channel: 'EMAIL',
        audience,
        serviceIds,
        addedBy: fact.addedBy,
        addedAt: at,
      });
    }
    case 'subscriber-removed':
      return publication(subscriberRemovedV1, { removedBy: fact.removedBy, removedAt: at });
    default:
      return exhaustive(fact);
  }
}

/** A notification's facts as other services read them. */
export function publishNotification(fact: NotificationFact, notification: Notification): Publication {
  const at = fact.at.toISOString();
  const { updateId, subscriberId, channel, tries, mayBeRepeated } = notification;
  switch (fact.kind) {
    case 'notification-queued':
      return publication(notificationQueuedV1, { updateId, subscriberId, channel, queuedAt: at });
    case 'notification-claimed': {
      const leaseUntil = fact.leaseUntil.toISOString();
      return publication(notificationClaimedV1, { updateId, try: tries, mayBeRepeated, leaseUntil });
    }
    case 'notification-deferred': {
      const nextTryAt = fact.nextTryAt.toISOString();
      return publication(notificationDeferredV1, { updateId, try: tries, reason: fact.reason, nextTryAt });
    }
    case 'notification-sent':
      return publication(notificationSentV1, { updateId, try: tries, mayBeRepeated, sentAt: at });
    case 'notification-failed':
      return publication(notificationFailedV1, { updateId, tries, reason: fact.reason, failedAt: at });
    default:
      return exhaustive(fact);
  }
}
