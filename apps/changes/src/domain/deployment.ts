import { canMove, decide, refuse, unchanged, type Decision, type Lifecycle } from '@graphdesk/decisions';
import { forbids } from './changes-permissions.js';
import { invalidText, LIMITS, type ChangesRefusal } from './changes-refusals.js';
import type { Acting, DeploymentState } from './vocabulary.js';

/** One run of a pipeline that brings something live. */
export interface Deployment {
  readonly id: string;
  /** Who reports it: a deployment source, or the token of a pipeline. */
  readonly origin: string;
  /** The pipeline's id for it, unique per origin. */
  readonly externalId: string;
  readonly state: DeploymentState;
  /** What the pipeline calls the service. */
  readonly serviceName: string;
  /** Null while the catalog has not told of such a service: until then nothing is suspected. */
  readonly serviceId: string | null;
  readonly environment: string;
  /** The pipeline's name for what it deploys, such as `acme/billing@c0ffee`. */
  readonly reference: string;
  /** The change it belongs to; null only while the service is unknown. */
  readonly changeId: string | null;
  /** When the pipeline reported the state it is in. */
  readonly reportedAt: Date;
  /** When it was live, by the pipeline; null until it succeeded. */
  readonly deployedAt: Date | null;
  /** When another deployment or its rollback took its place; null while live. */
  readonly endedAt: Date | null;
}

export type DeploymentFact =
  | { readonly kind: 'deployment-recorded'; readonly at: Date }
  | {
      readonly kind: 'deployment-moved';
      readonly from: DeploymentState;
      readonly to: DeploymentState;
      readonly at: Date;
    }
  | {
      readonly kind: 'deployment-service-identified';
      readonly serviceId: string;
      readonly changeId: string;
      readonly at: Date;
    };

export type DeploymentDecision = Decision<Deployment, DeploymentFact, ChangesRefusal>;

/** A pipeline that tries again under the same id may succeed after all. */
export const DEPLOYMENT_LIFECYCLE: Lifecycle<DeploymentState> = {
  PENDING: ['IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'CANCELED'],
  IN_PROGRESS: ['SUCCEEDED', 'FAILED', 'CANCELED'],
  SUCCEEDED: ['ROLLED_BACK', 'SUPERSEDED'],
  FAILED: ['SUCCEEDED'],
  CANCELED: [],
  ROLLED_BACK: [],
  SUPERSEDED: [],
};

/** For how long after its report a deployment of an unknown service waits for the catalog's news, in hours. */
export const ADOPTION_HOURS = 24;

/** How far a pipeline's clock may be ahead of ours, in minutes. */
export const CLOCK_SKEW_MINUTES = 5;

/** A pipeline reports a deployment for the first time. It begins as PENDING whatever is reported: the report itself moves it. */
export function recordDeployment(
  deployment: Omit<Deployment, 'state' | 'deployedAt' | 'endedAt'>,
  acting: Acting,
  now: Date,
): DeploymentDecision {
  const refusal =
    forbids('record-deployment', acting) ??
    invalidText('service', deployment.serviceName, LIMITS.reference) ??
    invalidText('environment', deployment.environment, LIMITS.environment) ??
    invalidText('reference', deployment.reference, LIMITS.reference) ??
    invalidText('externalId', deployment.externalId, LIMITS.reference);
  if (refusal) return refusal;
  if (deployment.reportedAt.getTime() > now.getTime() + CLOCK_SKEW_MINUTES * 60_000) {
    return refuse('INVALID_INPUT', 'a deployment cannot be reported from the future', { path: ['reportedAt'] });
  }
  return decide<Deployment, DeploymentFact>({ ...deployment, state: 'PENDING', deployedAt: null, endedAt: null }, [
    { kind: 'deployment-recorded', at: now },
  ]);
}

/**
 * The pipeline, or what came after it, says where the deployment stands. Reports come late and twice: a step that the table does not
 * have changes nothing, and neither does a success that is older than the failure it would undo.
 */
export function moveDeployment(
  deployment: Deployment,
  to: DeploymentState,
  reportedAt: Date,
  now: Date,
): Decision<Deployment, DeploymentFact, never> {
  if (!canMove(DEPLOYMENT_LIFECYCLE, deployment.state, to)) return unchanged();
  if (deployment.state === 'FAILED' && reportedAt <= deployment.reportedAt) return unchanged();
  const facts: readonly DeploymentFact[] = [{ kind: 'deployment-moved', from: deployment.state, to, at: now }];
  if (to === 'SUCCEEDED') return decide({ state: to, reportedAt, deployedAt: reportedAt, endedAt: null }, facts);
  if (to === 'ROLLED_BACK' || to === 'SUPERSEDED') return decide({ state: to, endedAt: reportedAt }, facts);
  return decide({ state: to, reportedAt }, facts);
}

/** The catalog told of the service after the pipeline did: the deployment gets both its places. One that has a service keeps it. */
export function identifyService(
  deployment: Deployment,
  place: { readonly serviceId: string; readonly changeId: string },
  now: Date,
): Decision<Deployment, DeploymentFact, never> {
  if (deployment.serviceId !== null) return unchanged();
  return decide({ ...place }, [{ kind: 'deployment-service-identified', ...place, at: now }]);
}
