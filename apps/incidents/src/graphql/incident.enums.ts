import { registerEnumType } from '@nestjs/graphql';
import { INTAKE_SOURCE_KINDS } from '../domain/intake-source.js';
import {
  ALERT_STATUSES,
  CLASSIFICATION_REASONS,
  INCIDENT_ORIGINS,
  INCIDENT_STATES,
  LEVELS,
  ON_HOLD_REASONS,
  PRIORITIES,
  RESOLUTION_CODES,
  SEVERITIES,
} from '../domain/vocabulary.js';

function enumOf<Value extends string>(
  values: readonly Value[],
  name: string,
  description: string,
): { [V in Value]: V } {
  const members = Object.fromEntries(values.map((value) => [value, value])) as { [V in Value]: V };
  registerEnumType(members, { name, description });
  return members;
}

export const IncidentStateEnum = enumOf(INCIDENT_STATES, 'IncidentState', 'Where an incident stands.');
export const OnHoldReasonEnum = enumOf(ON_HOLD_REASONS, 'OnHoldReason', 'What an incident on hold waits for.');
export const LevelEnum = enumOf(LEVELS, 'Level', 'How much (impact) or how soon (urgency).');
export const PriorityEnum = enumOf(PRIORITIES, 'Priority', 'Business priority; P1 is the highest.');
export const SeverityEnum = enumOf(SEVERITIES, 'Severity', 'Technical severity of an alert, as its source rates it.');
export const AlertStatusEnum = enumOf(ALERT_STATUSES, 'AlertStatus', 'What the source of an alert says about it.');
export const IncidentOriginEnum = enumOf(INCIDENT_ORIGINS, 'IncidentOrigin', 'Who noticed an incident.');
export const ResolutionCodeEnum = enumOf(RESOLUTION_CODES, 'ResolutionCode', 'What restored the service.');
export const ClassificationReasonEnum = enumOf(
  CLASSIFICATION_REASONS,
  'ClassificationReason',
  'Why an incident has its impact and urgency.',
);
export const IntakeSourceKindEnum = enumOf(INTAKE_SOURCE_KINDS, 'IntakeSourceKind', 'What an intake source speaks.');
