import { decide, unchanged, type Decision } from '@graphdesk/decisions';
import type { Dismissal, Dismissed } from './suspect-changes.js';

/** What the search for suspects of one incident looked at and passed over. */
export interface SuspectSearch {
  readonly id: string;
  readonly incidentId: string;
  /** One per change, none that is suspected; first those of the service and of what it needs, each group by its distance. */
  readonly dismissed: readonly DismissedChange[];
}

/** A change that was considered and is not suspected. */
export interface DismissedChange {
  readonly changeId: string;
  readonly changeNumber: number;
  /** The deployment that was looked at, the nearest to the incident. */
  readonly deploymentId: string;
  readonly reason: Dismissal;
  /** From the deployment to the incident; negative when the deployment came after. */
  readonly minutesBefore: number;
}

export interface SearchFact {
  readonly kind: 'changes-dismissed';
  readonly at: Date;
}

/** So many changes are on record as dismissed for one incident at most. */
export const MOST_DISMISSED = 20;

/** One more look: it replaces what was said of the same deployments, and a change that is suspected by now is dismissed no longer. */
export function dismiss(
  search: SuspectSearch,
  found: readonly Dismissed[],
  suspectedChangeIds: readonly string[],
  now: Date,
): Decision<SuspectSearch, SearchFact, never> {
  const byDeployment = new Map(search.dismissed.map((dismissed) => [dismissed.deploymentId, dismissed]));
  for (const one of found) byDeployment.set(one.candidate.deploymentId, dismissedChange(one));
  const byChange = new Map<string, DismissedChange>();
  for (const dismissed of [...byDeployment.values()].sort(mostTellingFirst)) {
    if (suspectedChangeIds.includes(dismissed.changeId) || byChange.has(dismissed.changeId)) continue;
    byChange.set(dismissed.changeId, dismissed);
  }
  const dismissed = [...byChange.values()].slice(0, MOST_DISMISSED);
  if (isSame(dismissed, search.dismissed)) return unchanged();
  return decide({ dismissed }, [{ kind: 'changes-dismissed', at: now }]);
}

function dismissedChange({ candidate, reason, minutesBefore }: Dismissed): DismissedChange {
  const { changeId, changeNumber, deploymentId } = candidate;
  return { changeId, changeNumber, deploymentId, reason, minutesBefore };
}

function mostTellingFirst(a: DismissedChange, b: DismissedChange): number {
  return (
    Number(a.reason === 'OTHER_SERVICE') - Number(b.reason === 'OTHER_SERVICE') ||
    Math.abs(a.minutesBefore) - Math.abs(b.minutesBefore) ||
    a.deploymentId.localeCompare(b.deploymentId)
  );
}

function isSame(a: readonly DismissedChange[], b: readonly DismissedChange[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, at) => one.deploymentId === b[at]?.deploymentId && one.reason === b[at].reason)
  );
}
