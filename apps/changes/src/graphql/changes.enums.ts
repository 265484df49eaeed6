import { enumOf } from '@graphdesk/subgraph';
import { SOURCE_KINDS } from '../domain/deployment-source.js';
import { DISMISSALS, REASON_POINTS, type SuspicionReason } from '../domain/suspect-changes.js';
import {
  CHANGE_KINDS,
  CHANGE_STATES,
  CLOSE_CODES,
  CONFIDENCES,
  DEPLOYMENT_STATES,
  INCIDENT_RELATIONS,
  ROLLBACK_ADVICE,
  ROLLBACK_STATES,
  SUSPICION_STATES,
} from '../domain/vocabulary.js';

export const ChangeKind = enumOf(
  'ChangeKind',
  CHANGE_KINDS,
  'How a change is authorised: beforehand, at a level that fits its risk, or as soon as possible.',
);
export const ChangeState = enumOf('ChangeState', CHANGE_STATES, 'Where a change stands.');
export const ChangeCloseCode = enumOf('ChangeCloseCode', CLOSE_CODES, 'How a change went, as its review found.');
export const IncidentRelation = enumOf(
  'IncidentRelation',
  INCIDENT_RELATIONS,
  'What a change has to do with an incident.',
  { REQUESTED_BY: 'The incident asked for the change.', CAUSED: 'The change caused the incident.' },
);
export const DeploymentState = enumOf('DeploymentState', DEPLOYMENT_STATES, 'Where a deployment stands.');
export const DeploymentSourceKind = enumOf('DeploymentSourceKind', SOURCE_KINDS, 'What the webhooks look like.');
export const SuspicionState = enumOf('SuspicionState', SUSPICION_STATES, 'What people say about a suspicion.');
export const SuspicionConfidence = enumOf('SuspicionConfidence', CONFIDENCES, 'How sure a suspicion is.');
export const SuspicionReasonName = enumOf(
  'SuspicionReason',
  Object.keys(REASON_POINTS) as SuspicionReason[],
  'Why a change is suspected.',
);
export const DismissalReason = enumOf(
  'DismissalReason',
  DISMISSALS,
  'Why a change that was considered is not suspected.',
);
export const RollbackState = enumOf('RollbackState', ROLLBACK_STATES, 'Where a rollback suggestion stands.');
export const RollbackAdvice = enumOf(
  'RollbackAdvice',
  ROLLBACK_ADVICE,
  'What the policy says about a rollback: suggest it, ask people to confirm the suspicion first, or nothing.',
);
export const ReportedDeploymentState = enumOf(
  'ReportedDeploymentState',
  ['PENDING', 'IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'CANCELED'],
  'What a pipeline may report.',
);
