import { z } from 'zod';

/** Impact and urgency. */
export const levelSchema = z.enum(['HIGH', 'MEDIUM', 'LOW']);
export type Level = z.infer<typeof levelSchema>;

/** Business priority of an incident. */
export const prioritySchema = z.enum(['P1', 'P2', 'P3', 'P4']);
export type Priority = z.infer<typeof prioritySchema>;

/** Technical severity of an alert. */
export const severitySchema = z.enum(['CRITICAL', 'ERROR', 'WARNING', 'INFO']);
export type Severity = z.infer<typeof severitySchema>;

/** Who noticed an incident. */
export const incidentOriginSchema = z.enum(['ALERT', 'PERSON', 'IMPORT']);
export type IncidentOrigin = z.infer<typeof incidentOriginSchema>;

/** What an incident on hold waits for. */
export const onHoldReasonSchema = z.enum([
  'AWAITING_CALLER',
  'AWAITING_CHANGE',
  'AWAITING_PROBLEM',
  'AWAITING_VENDOR',
  'AWAITING_EVIDENCE',
]);
export type OnHoldReason = z.infer<typeof onHoldReasonSchema>;

/** What restored the service. */
export const resolutionCodeSchema = z.enum([
  'FIXED',
  'WORKAROUND',
  'ROLLED_BACK',
  'ALERT_CLEARED',
  'RESOLVED_BY_PROBLEM',
  'NO_FAULT_FOUND',
]);
export type ResolutionCode = z.infer<typeof resolutionCodeSchema>;

/** Why an incident has its impact and urgency. */
export const classificationReasonSchema = z.enum([
  'ALERT_SEVERITY',
  'SEVERITY_MISSING',
  'SEVERITY_UNKNOWN',
  'SERVICE_TIER',
  'SERVICE_UNKNOWN',
  'SERVICE_NOT_NAMED',
  'STATED_BY_PERSON',
]);
export type ClassificationReason = z.infer<typeof classificationReasonSchema>;

/** What an intake source speaks. */
export const intakeSourceKindSchema = z.enum(['ALERTMANAGER']);
export type IntakeSourceKind = z.infer<typeof intakeSourceKindSchema>;
