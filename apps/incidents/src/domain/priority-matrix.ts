import type { Level, Priority, ServiceTier, Severity } from './vocabulary.js';

/** The tables that were agreed before anything burns, as data: one version of them, of one tenant. */
export interface PriorityMatrix {
  /** 1, 2, 3 … per tenant; each incident keeps the version that gave its priority. */
  readonly version: number;
  /** impact -> urgency -> priority */
  readonly cells: Readonly<Record<Level, Readonly<Record<Level, Priority>>>>;
  /** alert severity -> urgency */
  readonly urgencyBySeverity: Readonly<Record<Severity, Level>>;
  /** service tier -> impact */
  readonly impactByTier: Readonly<Record<ServiceTier, Level>>;
  /** impact when no known service is named */
  readonly impactWithoutService: Level;
}

/** What a tenant starts with: the usual three by three, its lowest corner folded into P4. */
export const DEFAULT_MATRIX: PriorityMatrix = {
  version: 1,
  cells: {
    HIGH: { HIGH: 'P1', MEDIUM: 'P2', LOW: 'P3' },
    MEDIUM: { HIGH: 'P2', MEDIUM: 'P3', LOW: 'P4' },
    LOW: { HIGH: 'P3', MEDIUM: 'P4', LOW: 'P4' },
  },
  urgencyBySeverity: { CRITICAL: 'HIGH', ERROR: 'HIGH', WARNING: 'MEDIUM', INFO: 'LOW' },
  impactByTier: { TIER_1: 'HIGH', TIER_2: 'MEDIUM', TIER_3: 'LOW' },
  impactWithoutService: 'MEDIUM',
};

/** The priority of this impact and urgency. */
export function priorityOf(matrix: PriorityMatrix, impact: Level, urgency: Level): Priority {
  return matrix.cells[impact][urgency];
}
