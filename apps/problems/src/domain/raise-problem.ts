import type { Refused } from '@graphdesk/decisions';
import type { ProblemFact } from './problem-facts.js';
import { forbidden, type Acting } from './problem-permissions.js';
import { invalidText, TEXT_LIMIT, TITLE_LIMIT, type ProblemRefusal } from './problem-refusals.js';
import type { Problem } from './problem.js';

/** A problem at birth, with what happened: the repository counts the versions. */
export type RaisedProblem =
  | { readonly ok: true; readonly changes: Omit<Problem, 'version'>; readonly facts: readonly ProblemFact[] }
  | Refused<ProblemRefusal>;

/** What is not known of a problem at birth. */
export const UNKNOWN = {
  state: 'NEW',
  symptom: null,
  rootCause: null,
  workaround: null,
  resolutionCode: null,
  resolutionNotes: null,
  closedAt: null,
  externalSystem: null,
  externalId: null,
} as const;

/** Incidents of one kind recurred: a problem with all of them linked. */
export function proposeProblem(
  kind: { readonly serviceId: string; readonly signature: string; readonly serviceName: string | null },
  incidentIds: readonly string[],
  identity: { readonly id: string; readonly number: number },
  acting: Acting,
  now: Date,
): RaisedProblem {
  const refused = forbidden(acting, 'propose');
  if (refused) return refused;
  const { serviceId, signature, serviceName } = kind;
  const title = serviceName === null ? `${signature} recurs` : `${signature} recurs on ${serviceName}`;
  const problem = {
    ...UNKNOWN,
    ...identity,
    title,
    origin: 'RECURRENCE',
    serviceId,
    signature,
    raisedAt: now,
  } as const;
  return { ok: true, changes: problem, facts: [{ kind: 'problem-proposed', incidentIds, at: now }] };
}

/** What a person knows when they register a problem. */
export interface ProblemDescription {
  readonly title: string;
  readonly serviceId: string | null;
  readonly symptom: string | null;
}

/** A person suspects a cause behind incidents, those given and others to come. */
export function registerProblem(
  description: ProblemDescription,
  incidentIds: readonly string[],
  identity: { readonly id: string; readonly number: number },
  acting: Acting,
  now: Date,
): RaisedProblem {
  const refused = forbidden(acting, 'register') ?? invalidDescription(description);
  if (refused) return refused;
  const title = description.title.trim();
  const registered: ProblemFact = { kind: 'problem-registered', registeredBy: acting.id, at: now };
  const links = [...new Set(incidentIds)].map((incidentId): ProblemFact => ({
    kind: 'problem-incident-linked',
    incidentId,
    reason: 'BY_HAND',
    at: now,
  }));
  const problem = {
    ...UNKNOWN,
    ...identity,
    ...description,
    title,
    origin: 'PERSON',
    signature: null,
    raisedAt: now,
  } as const;
  return { ok: true, changes: problem, facts: [registered, ...links] };
}

function invalidDescription({ title, symptom }: ProblemDescription): Refused<ProblemRefusal> | null {
  return (
    invalidText('title', title, TITLE_LIMIT) ?? (symptom === null ? null : invalidText('symptom', symptom, TEXT_LIMIT))
  );
}
