import type { LinkReason, ProblemState, ResolutionCode } from './vocabulary.js';

/** What can happen to a problem; each fact becomes one event, one version and one entry of the timeline. */
export type ProblemFact = { readonly at: Date } & (
  | { readonly kind: 'problem-proposed'; readonly incidentIds: readonly string[] }
  | { readonly kind: 'problem-registered'; readonly registeredBy: string }
  | { readonly kind: 'problem-incident-linked'; readonly incidentId: string; readonly reason: LinkReason }
  | { readonly kind: 'problem-moved'; readonly from: ProblemState; readonly to: ProblemState }
  | { readonly kind: 'known-error-recorded' }
  | { readonly kind: 'workaround-recorded'; readonly workaround: string }
  | {
      readonly kind: 'problem-closed';
      readonly from: ProblemState;
      readonly resolutionCode: ResolutionCode;
      readonly notes: string;
    }
);

/** The incidents that a fact links to the problem. */
export function linkedBy(fact: ProblemFact): readonly { readonly incidentId: string; readonly reason: LinkReason }[] {
  if (fact.kind === 'problem-incident-linked') return [fact];
  if (fact.kind !== 'problem-proposed') return [];
  return fact.incidentIds.map((incidentId) => ({ incidentId, reason: 'RECURRENCE' }));
}
