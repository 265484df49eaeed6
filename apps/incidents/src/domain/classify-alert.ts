import { priorityOf, type PriorityMatrix } from './priority-matrix.js';
import type { ClassificationReason, Level, Priority, ServiceTier, Severity } from './vocabulary.js';

/** Impact, urgency, the priority that follows, and why. */
export interface Classification {
  readonly impact: Level;
  readonly urgency: Level;
  readonly priority: Priority;
  readonly matrixVersion: number;
  readonly reasons: readonly ClassificationReason[];
}

/** What monitors write into the label `severity`, in lower case. */
const SEVERITY_WORDS: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'CRITICAL'],
  ['crit', 'CRITICAL'],
  ['fatal', 'CRITICAL'],
  ['emergency', 'CRITICAL'],
  ['page', 'CRITICAL'],
  ['error', 'ERROR'],
  ['err', 'ERROR'],
  ['high', 'ERROR'],
  ['major', 'ERROR'],
  ['warning', 'WARNING'],
  ['warn', 'WARNING'],
  ['minor', 'WARNING'],
  ['info', 'INFO'],
  ['informational', 'INFO'],
  ['notice', 'INFO'],
  ['low', 'INFO'],
  ['none', 'INFO'],
]);

/** The severity that a label's text means; WARNING, with the reason, when it is absent or unknown. */
export function readSeverity(label: string | undefined): {
  readonly severity: Severity;
  readonly reason: ClassificationReason;
} {
  if (label === undefined || label.trim() === '') return { severity: 'WARNING', reason: 'SEVERITY_MISSING' };
  const severity = SEVERITY_WORDS.get(label.trim().toLowerCase());
  return severity ? { severity, reason: 'ALERT_SEVERITY' } : { severity: 'WARNING', reason: 'SEVERITY_UNKNOWN' };
}

/** Severity gives urgency, the service's tier gives impact, the matrix gives priority; never refuses an alert. */
export function classifyAlert(
  alert: { readonly severityLabel: string | undefined; readonly namesService: boolean },
  service: { readonly tier: ServiceTier } | null,
  matrix: PriorityMatrix,
): Classification {
  const { severity, reason } = readSeverity(alert.severityLabel);
  const urgency = matrix.urgencyBySeverity[severity];
  const impact = service ? matrix.impactByTier[service.tier] : matrix.impactWithoutService;
  const missing = alert.namesService ? 'SERVICE_UNKNOWN' : 'SERVICE_NOT_NAMED';
  return {
    impact,
    urgency,
    priority: priorityOf(matrix, impact, urgency),
    matrixVersion: matrix.version,
    reasons: [reason, service ? 'SERVICE_TIER' : missing],
  };
}

/** A person stated impact and urgency; the matrix still gives the priority. */
export function classifyStatement(impact: Level, urgency: Level, matrix: PriorityMatrix): Classification {
  return {
    impact,
    urgency,
    priority: priorityOf(matrix, impact, urgency),
    matrixVersion: matrix.version,
    reasons: ['STATED_BY_PERSON'],
  };
}
