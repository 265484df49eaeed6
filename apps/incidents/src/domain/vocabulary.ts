/** Impact (how much of the business is hurt) and urgency (how soon it hurts). */
export const LEVELS = ['HIGH', 'MEDIUM', 'LOW'] as const;
export type Level = (typeof LEVELS)[number];

/** Business priority of an incident: always looked up in the matrix, never set by hand. */
export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Technical severity of an alert, as its source rates it. */
export const SEVERITIES = ['CRITICAL', 'ERROR', 'WARNING', 'INFO'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How much of the business stops when a service stops. */
export const SERVICE_TIERS = ['TIER_1', 'TIER_2', 'TIER_3'] as const;
export type ServiceTier = (typeof SERVICE_TIERS)[number];

/** Where an incident stands. */
export const INCIDENT_STATES = ['NEW', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED', 'CANCELED'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** What an incident on hold waits for. */
export const ON_HOLD_REASONS = [
  'AWAITING_CALLER',
  'AWAITING_CHANGE',
  'AWAITING_PROBLEM',
  'AWAITING_VENDOR',
  'AWAITING_EVIDENCE',
] as const;
export type OnHoldReason = (typeof ON_HOLD_REASONS)[number];

/** What restored the service. */
export const RESOLUTION_CODES = [
  'FIXED',
  'WORKAROUND',
  'ROLLED_BACK',
  'ALERT_CLEARED',
  'RESOLVED_BY_PROBLEM',
  'NO_FAULT_FOUND',
] as const;
export type ResolutionCode = (typeof RESOLUTION_CODES)[number];

/** Who noticed an incident. */
export const INCIDENT_ORIGINS = ['ALERT', 'PERSON', 'IMPORT'] as const;
export type IncidentOrigin = (typeof INCIDENT_ORIGINS)[number];

/** What the source of an alert says about it. */
export const ALERT_STATUSES = ['FIRING', 'RESOLVED'] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** Why an incident has its impact and urgency. */
export const CLASSIFICATION_REASONS = [
  /** Urgency follows the alert's severity. */
  'ALERT_SEVERITY',
  /** The alert carries no severity: taken as WARNING. */
  'SEVERITY_MISSING',
  /** The alert's severity is no word we know: taken as WARNING. */
  'SEVERITY_UNKNOWN',
  /** Impact follows the tier of the service. */
  'SERVICE_TIER',
  /** The alert names a service that the catalog does not know: impact MEDIUM. */
  'SERVICE_UNKNOWN',
  /** The alert names no service: impact MEDIUM. */
  'SERVICE_NOT_NAMED',
  /** Impact and urgency were stated by a person. */
  'STATED_BY_PERSON',
] as const;
export type ClassificationReason = (typeof CLASSIFICATION_REASONS)[number];
