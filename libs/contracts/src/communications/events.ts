import type { EventContract } from '../define-event.js';
import { updateDraftedV1 } from './update-drafted.v1.js';
import { updateEditedV1 } from './update-edited.v1.js';
import { updateApprovedV1 } from './update-approved.v1.js';
import { updateDiscardedV1 } from './update-discarded.v1.js';
import { updateSentV1 } from './update-sent.v1.js';
import { subscriberAddedV1 } from './subscriber-added.v1.js';
import { subscriberRemovedV1 } from './subscriber-removed.v1.js';
import { notificationQueuedV1 } from './notification-queued.v1.js';
import { notificationClaimedV1 } from './notification-claimed.v1.js';
import { notificationDeferredV1 } from './notification-deferred.v1.js';
import { notificationSentV1 } from './notification-sent.v1.js';
import { notificationFailedV1 } from './notification-failed.v1.js';

/** Every event of communications, in all versions. */
export const COMMUNICATIONS_EVENTS: readonly EventContract[] = [
  updateDraftedV1,
  updateEditedV1,
  updateApprovedV1,
  updateDiscardedV1,
  updateSentV1,
  subscriberAddedV1,
  subscriberRemovedV1,
  notificationQueuedV1,
  notificationClaimedV1,
  notificationDeferredV1,
  notificationSentV1,
  notificationFailedV1,
];
