/** How a change is authorised: beforehand by its model, at a level that fits its risk, or as soon as possible. */
export const CHANGE_KINDS = ['STANDARD', 'NORMAL', 'EMERGENCY'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const CHANGE_STATES = [
  'NEW',
  'ASSESS',
  'AUTHORIZE',
  'SCHEDULED',
  'IMPLEMENT',
  'REVIEW',
  'CLOSED',
  'CANCELED',
] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** What a change has to do with an incident: the incident asked for it, or it caused the incident. */
export const INCIDENT_RELATIONS = ['REQUESTED_BY', 'CAUSED'] as const;
export type IncidentRelation = (typeof INCIDENT_RELATIONS)[number];

/** How a change went, as its review found. */
export const CLOSE_CODES = ['SUCCESSFUL', 'SUCCESSFUL_WITH_ISSUES', 'UNSUCCESSFUL'] as const;
export type CloseCode = (typeof CLOSE_CODES)[number];

export const DEPLOYMENT_STATES = [
  'PENDING',
  'IN_PROGRESS',
  'SUCCEEDED',
  'FAILED',
  'CANCELED',
  'ROLLED_BACK',
  'SUPERSEDED',
] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

export const SUSPICION_STATES = ['SUSPECTED', 'CONFIRMED', 'REJECTED'] as const;
export type SuspicionState = (typeof SUSPICION_STATES)[number];

/** How sure a suspicion is, by its points. */
export const CONFIDENCES = ['HIGH', 'MEDIUM', 'LOW'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const ROLLBACK_STATES = [
  'SUGGESTED',
  'ACCEPTED',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'DECLINED',
  'EXPIRED',
  'WITHDRAWN',
] as const;
export type RollbackState = (typeof ROLLBACK_STATES)[number];

/** What the policy says about rolling a suspect back: suggest it, ask people to confirm the suspicion first, or say nothing. */
export const ROLLBACK_ADVICE = ['SUGGEST', 'ASK', 'SILENT'] as const;
export type RollbackAdvice = (typeof ROLLBACK_ADVICE)[number];

/** Business priority of an incident, as the incidents service set it. */
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';

/** Who acts: somebody with roles, or `system:<service>`. */
export interface Acting {
  readonly id: string;
  readonly roles: readonly string[];
}
