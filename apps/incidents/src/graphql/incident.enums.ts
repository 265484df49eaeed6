import { enumOf } from '@graphdesk/subgraph';
import { INTAKE_SOURCE_KINDS } from '../domain/intake-source.js';
import {
  ALERT_STATUSES,
  CLASSIFICATION_REASONS,
  INCIDENT_ORIGINS,
  INCIDENT_STATES,
  LEVELS,
  ON_HOLD_REASONS,
  RESOLUTION_CODES,
  SEVERITIES,
} from '../domain/vocabulary.js';

export const IncidentStateEnum = enumOf('IncidentState', INCIDENT_STATES, 'Where an incident stands.');
export const OnHoldReasonEnum = enumOf('OnHoldReason', ON_HOLD_REASONS, 'What an incident on hold waits for.');
export const LevelEnum = enumOf('Level', LEVELS, 'How much (impact) or how soon (urgency).');
export const SeverityEnum = enumOf('Severity', SEVERITIES, 'Technical severity of an alert, as its source rates it.');
export const AlertStatusEnum = enumOf('AlertStatus', ALERT_STATUSES, 'What the source of an alert says about it.');
export const IncidentOriginEnum = enumOf('IncidentOrigin', INCIDENT_ORIGINS, 'Who noticed an incident.');
export const ResolutionCodeEnum = enumOf('ResolutionCode', RESOLUTION_CODES, 'What restored the service.');
export const ClassificationReasonEnum = enumOf(
  'ClassificationReason',
  CLASSIFICATION_REASONS,
  'Why an incident has its impact and urgency.',
);
export const IntakeSourceKindEnum = enumOf('IntakeSourceKind', INTAKE_SOURCE_KINDS, 'What an intake source speaks.');
