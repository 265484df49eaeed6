import type { TimelineEntryRecord } from '../persistence/timeline-entry.record.js';
import type { TimelineEntryType } from './timeline.type.js';

/** A sentence per kind of entry; `{field}` is taken from the event's data. */
const SENTENCES: Readonly<Record<string, string>> = {
  INCIDENT_REPORTED: 'Reported as {priority}: {title}',
  INCIDENT_ALERT_ATTACHED: 'Alert {name} ({severity}) is {status}',
  INCIDENT_ACKNOWLEDGED: 'Acknowledged',
  INCIDENT_ASSIGNED: 'Handed over: {reason}',
  INCIDENT_REPRIORITIZED: 'Now {priority}: {reason}',
  INCIDENT_PUT_ON_HOLD: 'On hold: {reason}',
  INCIDENT_RESUMED: 'Work goes on',
  INCIDENT_RESOLVED: 'Resolved ({resolutionCode}): {notes}',
  INCIDENT_RECOVERY_VALIDATED: 'Recovery validated',
  INCIDENT_REOPENED: 'Reopened: {reason}',
  INCIDENT_CLOSED: 'Closed',
  INCIDENT_CANCELED: 'Canceled: {reason}',
  INCIDENT_ANNOTATED: '{text}',
};

/** An entry as clients see it. */
export function timelineEntry(entry: TimelineEntryRecord): TimelineEntryType {
  const { eventId, version, kind, at, actorId, detail } = entry;
  // What happened elsewhere shows as what it is about, such as CHANGE_SUSPECTED.
  const shown = kind === 'INCIDENT_ANNOTATED' ? String(detail['kind']) : kind;
  const text = (SENTENCES[kind] ?? kind).replaceAll(/\{(\w+)\}/g, (_, field: string) => String(detail[field]));
  return { id: eventId, revision: version, kind: shown, at, actorId, text };
}
