import { Access, TimelineEntry, timelineEntry, type Sentences } from '@graphdesk/subgraph';
import { ObjectType } from '@nestjs/graphql';
import { SUBSCRIBER_READERS, UPDATE_READERS } from '../domain/update-permissions.js';
import type { TimelineEntryRecord } from '../persistence/timeline-entry.record.js';

@ObjectType('StakeholderUpdateTimelineEntry', { implements: () => [TimelineEntry] })
@Access(...UPDATE_READERS)
export class StakeholderUpdateTimelineEntryType extends TimelineEntry {}

@ObjectType('NotificationTimelineEntry', { implements: () => [TimelineEntry] })
@Access(...UPDATE_READERS)
export class NotificationTimelineEntryType extends TimelineEntry {}

@ObjectType('SubscriberTimelineEntry', { implements: () => [TimelineEntry] })
@Access(...SUBSCRIBER_READERS)
export class SubscriberTimelineEntryType extends TimelineEntry {}

/** What each kind of entry says. */
const SENTENCES: Sentences = {
  UPDATE_DRAFTED: 'Drafted from version {templateVersion} of its template',
  UPDATE_EDITED: 'Reworded: {subject}',
  UPDATE_APPROVED: 'Approved',
  UPDATE_DISCARDED: 'Discarded',
  UPDATE_SENT: 'Handed over to be delivered; recipients: {recipients}',
  SUBSCRIBER_ADDED: 'Added for {audience}',
  SUBSCRIBER_REMOVED: 'Removed, and the address erased',
  NOTIFICATION_QUEUED: 'Queued',
  NOTIFICATION_CLAIMED: 'Try {try}',
  NOTIFICATION_DEFERRED: 'Try {try} failed: {reason}. The next one is at {nextTryAt}',
  NOTIFICATION_SENT: 'Taken over at try {try}',
  NOTIFICATION_FAILED: 'Given up: {reason}',
};

/** An entry as clients see it. */
export function entryOf(stored: TimelineEntryRecord): TimelineEntry {
  return timelineEntry(SENTENCES, stored);
}
