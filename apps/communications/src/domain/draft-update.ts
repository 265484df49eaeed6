import type { KnownIncident } from './due-occasions.js';
import { asLine, asMarkdown } from './escape-text.js';
import { renderTemplate, type TemplateValues } from './render-template.js';
import type { StakeholderUpdate } from './stakeholder-update.js';
import { TEMPLATES } from './templates.js';
import type { UpdateFact } from './update-facts.js';
import { SUBJECT_LIMIT } from './update-refusals.js';
import type { Occasion } from './vocabulary.js';

/** An update at birth, with what happened. */
export interface DraftedUpdate {
  readonly update: Omit<StakeholderUpdate, 'version'>;
  readonly facts: readonly UpdateFact[];
}

/** A draft in the words of the occasion's template. The incident must have been reported. */
export function draftUpdate(
  id: string,
  incident: KnownIncident,
  serviceName: string | null,
  occasion: Occasion,
  now: Date,
): DraftedUpdate {
  const template = TEMPLATES[occasion];
  const values = valuesOf(incident, serviceName);
  const update = {
    id,
    incidentId: incident.id,
    occasion,
    audience: template.audience,
    subject: cut(renderTemplate(template.subject, values, asLine), SUBJECT_LIMIT),
    body: renderTemplate(template.body, values, asMarkdown),
    state: 'DRAFT',
    draftedAt: now,
    editedBy: null,
    approvedBy: null,
    approvedAt: null,
    sentBy: null,
    sentAt: null,
  } as const;
  return { update, facts: [{ kind: 'update-drafted', templateVersion: template.version, at: now }] };
}

function valuesOf(incident: KnownIncident, serviceName: string | null): TemplateValues {
  return {
    'incident.reference': `INC-${incident.number ?? ''}`,
    'incident.title': incident.title ?? '',
    'incident.priority': incident.priority ?? '',
    'incident.declaredAt': asTime(incident.declaredAt),
    'incident.resolvedAt': asTime(incident.resolvedAt),
    // An alert may name no service of the catalog, and the catalog's word may come later than the incident's.
    'service.name': serviceName ?? 'a service',
  };
}

/** To the minute, in UTC: `2026-11-23 02:00 UTC`. */
function asTime(at: Date | null): string {
  return at === null ? 'not known yet' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
