/** When recurring incidents are a problem: so many of one kind, so close together. */
export const RECURRENCE = { incidents: 2, withinDays: 90 } as const;

const DAY_MS = 86_400_000;

/** An incident, as far as recurrence goes. */
export interface RecurringIncident {
  readonly id: string;
  readonly serviceId: string | null;
  /** The alert's name. Null when a person reported it: nothing tells what kind it is of. */
  readonly signature: string | null;
  readonly declaredAt: Date;
  /** The problem it belongs to, if it does. */
  readonly problem: { readonly id: string; readonly open: boolean } | null;
}

/** What a new incident means. */
export type RecurrenceVerdict =
  | { readonly do: 'NOTHING' }
  | { readonly do: 'LINK'; readonly problemId: string }
  /** With all incidents that belong to the problem from birth, in the order of their declaration. */
  | { readonly do: 'PROPOSE'; readonly incidentIds: readonly string[] };

/** Incidents of one kind share service and signature; an incident without either is like no other. */
export function isSameKind(one: RecurringIncident, other: RecurringIncident): boolean {
  if (one.serviceId === null || one.signature === null) return false;
  return one.serviceId === other.serviceId && one.signature === other.signature;
}

/**
 * Judges a new incident against the others of its tenant. An open problem of its kind takes it, however long ago that began.
 * Incidents of a closed problem had their answer: they do not count towards a new one.
 */
export function judgeRecurrence(incident: RecurringIncident, others: readonly RecurringIncident[]): RecurrenceVerdict {
  if (incident.problem) return { do: 'NOTHING' };
  const alike = others.filter((other) => other.id !== incident.id && isSameKind(incident, other));
  const open = alike.flatMap(({ problem }) => (problem?.open ? [problem.id] : [])).sort();
  if (open[0] !== undefined) return { do: 'LINK', problemId: open[0] };
  const near = alike.filter((other) => other.problem === null && isNear(incident, other));
  if (near.length + 1 < RECURRENCE.incidents) return { do: 'NOTHING' };
  return { do: 'PROPOSE', incidentIds: [...near, incident].sort(byDeclaration).map(({ id }) => id) };
}

const isNear = (one: RecurringIncident, other: RecurringIncident): boolean =>
  Math.abs(one.declaredAt.getTime() - other.declaredAt.getTime()) <= RECURRENCE.withinDays * DAY_MS;

const byDeclaration = (one: RecurringIncident, other: RecurringIncident): number =>
  one.declaredAt.getTime() - other.declaredAt.getTime() || (one.id < other.id ? -1 : 1);
