import type { IncidentPhase, Occasion, Priority, UpdateState } from './vocabulary.js';

/** What this service knows of an incident. Parts are null until the event that tells them has come. */
export interface KnownIncident {
  readonly id: string;
  /** Per tenant; people see `INC-<number>`. Null: not reported yet, as far as we know. */
  readonly number: number | null;
  readonly title: string | null;
  readonly priority: Priority | null;
  readonly serviceId: string | null;
  /** Imported incidents are history: nobody is told of them. */
  readonly imported: boolean;
  readonly phase: IncidentPhase;
  readonly declaredAt: Date | null;
  readonly resolvedAt: Date | null;
  /** Set when somebody accepted to roll a change back because of it. */
  readonly rollbackAcceptedAt: Date | null;
}

/** An update that the incident has. */
export interface ExistingUpdate {
  readonly occasion: Occasion;
  readonly state: UpdateState;
}

/** Priorities of which people hear unasked. */
export const ANNOUNCED_PRIORITIES: readonly Priority[] = ['P1', 'P2'];

type Rule = (incident: KnownIncident, updates: readonly ExistingUpdate[]) => boolean;

/** When each occasion is due. Good news is for those who were, or will be, told the bad. */
const RULES: Readonly<Record<Occasion, Rule>> = {
  INVESTIGATING: ({ phase, priority }) =>
    phase === 'OPEN' && priority !== null && ANNOUNCED_PRIORITIES.includes(priority),
  ROLLING_BACK: ({ phase, rollbackAcceptedAt }) => phase === 'OPEN' && rollbackAcceptedAt !== null,
  RESOLVED: ({ phase }, updates) => phase === 'RESOLVED' && updates.some(({ state }) => state !== 'DISCARDED'),
};

/** The occasions for which a draft is due and none was ever made; one that was discarded is not made again. */
export function dueOccasions(incident: KnownIncident, updates: readonly ExistingUpdate[]): readonly Occasion[] {
  if (incident.number === null || incident.imported) return [];
  const open = (Object.keys(RULES) as Occasion[]).filter((occasion) => RULES[occasion](incident, updates));
  return open.filter((occasion) => !updates.some((update) => update.occasion === occasion));
}
