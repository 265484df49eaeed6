import { z } from 'zod';

/** How a change is authorised: beforehand by its model, at a level that fits its risk, or as soon as possible. */
export const changeKindSchema = z.enum(['STANDARD', 'NORMAL', 'EMERGENCY']);
export type ChangeKind = z.infer<typeof changeKindSchema>;

/** Where a change stands. */
export const changeStateSchema = z.enum([
  'NEW',
  'ASSESS',
  'AUTHORIZE',
  'SCHEDULED',
  'IMPLEMENT',
  'REVIEW',
  'CLOSED',
  'CANCELED',
]);
export type ChangeState = z.infer<typeof changeStateSchema>;

/** What a change has to do with an incident: the incident asked for it, or it caused the incident. */
export const incidentRelationSchema = z.enum(['REQUESTED_BY', 'CAUSED']);
export type IncidentRelation = z.infer<typeof incidentRelationSchema>;

/** Where a deployment stands. */
export const deploymentStateSchema = z.enum([
  'PENDING',
  'IN_PROGRESS',
  'SUCCEEDED',
  'FAILED',
  'CANCELED',
  'ROLLED_BACK',
  'SUPERSEDED',
]);

/** How sure a suspicion is. */
export const confidenceSchema = z.enum(['HIGH', 'MEDIUM', 'LOW']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** Why a change is suspected. */
export const suspicionReasonSchema = z.enum([
  'SAME_SERVICE',
  'DEPENDENCY_OF_SERVICE',
  'SAME_ENVIRONMENT',
  'DEPLOYED_SHORTLY_BEFORE',
  'DEPLOYED_WITHIN_BOUND',
  'EMERGENCY_CHANGE',
]);
export type SuspicionReason = z.infer<typeof suspicionReasonSchema>;

/** Why a change that was considered is not suspected. */
export const dismissalSchema = z.enum([
  'OTHER_SERVICE',
  'OTHER_ENVIRONMENT',
  'OUT_OF_BOUND',
  'ROLLED_BACK',
  'NO_LONGER_LIVE',
  'REMEDY_OF_INCIDENT',
]);

/** What the policy says about a rollback: suggest it, ask people to confirm the suspicion first, or nothing. */
export const rollbackAdviceSchema = z.enum(['SUGGEST', 'ASK', 'SILENT']);
