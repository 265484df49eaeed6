import { decide, unchanged, type Decision } from '@graphdesk/decisions';
import type { ChangeFact, DeployedFact } from './change-facts.js';
import { newChange, type Change } from './change.js';
import type { ChangeState, DeploymentState } from './vocabulary.js';

const AUTHORIZED: readonly ChangeState[] = ['SCHEDULED', 'IMPLEMENT', 'REVIEW'];
const FINAL: readonly ChangeState[] = ['CLOSED', 'CANCELED'];

/** Whether a deployment may still belong to the change: what is closed or canceled is history, but a failed rollback may be tried again. */
export function takesDeployments(change: Change): boolean {
  return !FINAL.includes(change.state) || isFailedRollback(change);
}

function isFailedRollback({ state, rollsBackChangeId, closeCode }: Change): boolean {
  return state === 'CLOSED' && rollsBackChangeId !== null && closeCode === 'UNSUCCESSFUL';
}

/**
 * What a deployment's state means for its change. A start begins the implementation, a success ends it and leads to the review,
 * through IMPLEMENT if the pipeline went ahead of people. Without authorisation the state stays and the change is marked unplanned:
 * what is live is on record, and nobody's word is made up. A rollback that failed, was closed for that and worked when the pipeline tried
 * again stays closed, with another code. A deployment of an unknown service moves no change.
 */
export function followDeployment(
  change: Change,
  state: DeploymentState,
  deployment: Omit<DeployedFact, 'serviceId'> & { readonly serviceId: string | null },
  now: Date,
): Decision<Change, ChangeFact, never> {
  const { serviceId } = deployment;
  if (serviceId === null) return unchanged();
  const started = change.state === 'SCHEDULED' && (state === 'IN_PROGRESS' || state === 'SUCCEEDED');
  const facts: readonly ChangeFact[] = started ? [moved('SCHEDULED', 'IMPLEMENT', now)] : [];
  if (state !== 'SUCCEEDED') return started ? decide({ state: 'IMPLEMENT' }, facts) : unchanged();
  const deployed: ChangeFact = { kind: 'change-deployed', deployment: { ...deployment, serviceId }, at: now };
  if (isFailedRollback(change)) {
    const closeCode = 'SUCCESSFUL_WITH_ISSUES';
    return decide({ closeCode }, [deployed, { kind: 'change-closed', closeCode, at: now }]);
  }
  const changes: Partial<Change> = AUTHORIZED.includes(change.state) ? { state: 'REVIEW' } : { unplanned: true };
  return decide(changes, [...facts, deployed]);
}

/** A deployment that names no change and finds none opens one: standard, on the schedule at once, and marked as unplanned. */
export function openUnplannedChange(
  deployment: { readonly serviceId: string; readonly environment: string; readonly reference: string },
  identity: { readonly id: string; readonly number: number; readonly originId: string },
  now: Date,
): { readonly change: Change; readonly facts: readonly ChangeFact[] } {
  const request = {
    id: identity.id,
    number: identity.number,
    title: `Deployment of ${deployment.reference}`.slice(0, 200),
    kind: 'STANDARD' as const,
    serviceIds: [deployment.serviceId],
    environment: deployment.environment,
    rollbackPlan: null,
  };
  const change: Change = { ...newChange(request, identity.originId, now), state: 'SCHEDULED', unplanned: true };
  return { change, facts: [{ kind: 'change-registered', at: now }, moved('NEW', 'SCHEDULED', now)] };
}

function moved(from: ChangeState, to: ChangeState, at: Date): ChangeFact {
  return { kind: 'change-moved', from, to, reason: null, at };
}
