import { decide } from '@graphdesk/decisions';
import type { Classification } from './classify-alert.js';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import { forbidden } from './incident-permissions.js';
import { invalidText } from './incident-refusals.js';
import type { IncidentOrigin } from './vocabulary.js';

/** Longest title and description, in characters. */
export const TITLE_LIMIT = 200;
export const DESCRIPTION_LIMIT = 20_000;

/** Longest environment and signature, in characters. */
export const NAME_LIMIT = 200;

/** What is known of an incident when it is logged. */
export interface Report {
  readonly title: string;
  readonly description: string;
  readonly serviceId: string | null;
  readonly environment: string | null;
  readonly classification: Classification;
  readonly ownerId: string | null;
  readonly origin: IncidentOrigin;
  readonly signature: string | null;
  readonly dedupKey: string | null;
  readonly reporterId: string | null;
  readonly impactStartedAt: Date | null;
  readonly detectedAt: Date;
}

/** Everything of a new incident but its id, number and version, which are given when it is stored. */
export type NewIncident = Omit<Incident, 'id' | 'number' | 'version'>;

/** An incident is logged. `changes` holds all of it. */
export function report(from: Report, acting: Acting, now: Date): IncidentDecision {
  const refusal =
    forbidden(acting, 'report') ??
    invalidText('title', from.title, TITLE_LIMIT) ??
    (from.description === '' ? null : invalidText('description', from.description, DESCRIPTION_LIMIT)) ??
    (from.environment === null ? null : invalidText('environment', from.environment, NAME_LIMIT));
  if (refusal) return refusal;
  const { classification, ...told } = from;
  const { impact, urgency, priority, matrixVersion, reasons } = classification;
  const incident: NewIncident = {
    ...told,
    title: from.title.trim(),
    description: from.description.trim(),
    state: 'NEW',
    onHoldReason: null,
    impact,
    urgency,
    priority,
    matrixVersion,
    classificationReasons: reasons,
    teamId: null,
    externalSystem: null,
    externalId: null,
    importedEntries: [],
    resolutionCode: null,
    resolutionNotes: null,
    resolvedBy: null,
    declaredAt: now,
    acknowledgedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    recoveryValidatedAt: null,
    recoveryWindowEndedAt: null,
    closedAt: null,
    canceledAt: null,
  };
  return decide(incident, [
    {
      kind: 'incident-reported',
      title: incident.title,
      serviceId: incident.serviceId,
      environment: incident.environment,
      impact,
      urgency,
      priority,
      matrixVersion,
      classificationReasons: reasons,
      ownerId: incident.ownerId,
      reporterId: incident.reporterId,
      origin: incident.origin,
      signature: incident.signature,
      detectedAt: incident.detectedAt,
      at: now,
    },
  ]);
}
