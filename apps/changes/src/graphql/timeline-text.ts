import { timelineEntry, type Sentences } from '@graphdesk/subgraph';
import type { TimelineEntryRecord } from '../persistence/timeline-entry.record.js';
import type { ChangeTimelineEntryType } from './change.type.js';

/** What each kind of entry says. */
const SENTENCES: Sentences = {
  CHANGE_REGISTERED: 'Registered as {kind}: {title}',
  CHANGE_AUTHORIZED: 'Authorised',
  CHANGE_REJECTED: 'Rejected: {reason}',
  CHANGE_DEPLOYED: 'Deployed to {environment}: {reference}',
  CHANGE_CLOSED: 'Closed: {closeCode}',
  CHANGE_INCIDENT_LINKED: 'Linked to an incident: {relation}',
};

/** A move without a reason, which only cancellations have, says where it led. */
const MOVED: Sentences = { CHANGE_MOVED: 'Now {to}' };
const MOVED_FOR_A_REASON: Sentences = { CHANGE_MOVED: 'Now {to}: {reason}' };

/** An entry as clients see it. */
export function changeTimelineEntry(stored: TimelineEntryRecord): ChangeTimelineEntryType {
  const moved = stored.detail['reason'] === undefined ? MOVED : MOVED_FOR_A_REASON;
  return timelineEntry({ ...SENTENCES, ...moved }, stored);
}
