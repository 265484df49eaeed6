import { timelineEntry, type Sentences } from '@graphdesk/subgraph';
import type { TimelineEntryRecord } from '../persistence/timeline-entry.record.js';
import type { TimelineEntryType } from './timeline.type.js';

/** What each kind of entry says. */
const SENTENCES: Sentences = {
  INCIDENT_REPORTED: 'Reported as {priority}: {title}',
  INCIDENT_ALERT_ATTACHED: 'Alert {name} ({severity}) is {status}',
  INCIDENT_ACKNOWLEDGED: 'Acknowledged',
  INCIDENT_ASSIGNED: 'Handed over: {reason}',
  INCIDENT_ROUTED: 'Handed over: {reason}',
  INCIDENT_IMPORTED: 'Imported from {system} as {externalId}, entries: {entries}',
  INCIDENT_WORK_BEGUN: 'Work began',
  INCIDENT_UPDATE_IMPORTED: '{text} ({reference})',
  INCIDENT_REPRIORITIZED: 'Now {priority}: {reason}',
  INCIDENT_PUT_ON_HOLD: 'On hold: {reason}',
  INCIDENT_RESUMED: 'Work goes on',
  INCIDENT_RESOLVED: 'Resolved ({resolutionCode}): {notes}',
  INCIDENT_RECOVERY_VALIDATED: 'Recovery validated',
  INCIDENT_RECOVERY_WINDOW_ENDED: 'No alert fired again for {minutes} minutes',
  INCIDENT_REOPENED: 'Reopened: {reason}',
  INCIDENT_CLOSED: 'Closed',
  INCIDENT_CANCELED: 'Canceled: {reason}',
  INCIDENT_ANNOTATED: '{text}',
};

/** An entry as clients see it. What happened elsewhere shows as what it is about, such as CHANGE_SUSPECTED. */
export function incidentTimelineEntry(stored: TimelineEntryRecord): TimelineEntryType {
  const entry = timelineEntry(SENTENCES, stored);
  return stored.kind === 'INCIDENT_ANNOTATED' ? { ...entry, kind: String(stored.detail['kind']) } : entry;
}
