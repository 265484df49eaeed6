import type { ChangeKind, Confidence, DeploymentState } from './vocabulary.js';

/** Why a change is suspected, and what each reason is worth. */
export const REASON_POINTS = {
  SAME_SERVICE: 40,
  DEPENDENCY_OF_SERVICE: 25,
  SAME_ENVIRONMENT: 20,
  DEPLOYED_SHORTLY_BEFORE: 30,
  DEPLOYED_WITHIN_BOUND: 10,
  EMERGENCY_CHANGE: 10,
} as const;
export type SuspicionReason = keyof typeof REASON_POINTS;

/** The least points for each confidence, highest first. */
export const CONFIDENCE_FROM: readonly (readonly [number, Confidence])[] = [
  [80, 'HIGH'],
  [60, 'MEDIUM'],
  [0, 'LOW'],
];

/** How far a deployment may be from the incident, in minutes. After: monitoring sees a failure before a pipeline reports its end. */
export const BOUND_MINUTES = { before: 240, after: 10, shortly: 30 } as const;

/**
 * How far a deployment may be from the incident, in minutes to either side, to be worth a word if it is no suspect: a day for the service
 * and what it needs. Of other services only what went live in the same environment within the bound is looked at.
 */
export const RECORD_MINUTES = 1_440;

/** Why a candidate is no suspect. */
export const DISMISSALS = [
  'OTHER_SERVICE',
  'OTHER_ENVIRONMENT',
  'OUT_OF_BOUND',
  'ROLLED_BACK',
  'NO_LONGER_LIVE',
  'REMEDY_OF_INCIDENT',
] as const;
export type Dismissal = (typeof DISMISSALS)[number];

/** What is broken, as the ranking needs it. */
export interface SuspectedIn {
  readonly id: string;
  readonly serviceId: string;
  /** The services it needs, one hop. */
  readonly dependsOn: readonly string[];
  /** Null when nobody said where. */
  readonly environment: string | null;
  readonly detectedAt: Date;
}

/** A deployment that may have caused it, with its change. */
export interface Candidate {
  readonly deploymentId: string;
  readonly deploymentState: DeploymentState;
  readonly changeId: string;
  readonly changeNumber: number;
  readonly changeKind: ChangeKind;
  readonly remedyForIncidentId: string | null;
  /** Whether the change says how to go back. */
  readonly reversible: boolean;
  /** Whether the change is itself a rollback. */
  readonly isRollback: boolean;
  readonly serviceId: string;
  readonly environment: string;
  readonly deployedAt: Date;
  readonly endedAt: Date | null;
}

export interface Suspicion {
  readonly candidate: Candidate;
  readonly points: number;
  readonly confidence: Confidence;
  readonly reasons: readonly SuspicionReason[];
  /** From the deployment to the incident, two decimals; negative when the deployment came after. */
  readonly minutesBefore: number;
}

export interface Ranking {
  /** One per change, the most suspect first. */
  readonly suspicions: readonly Suspicion[];
  readonly dismissed: readonly Dismissed[];
}

/** A candidate that is no suspect. */
export interface Dismissed {
  readonly candidate: Candidate;
  readonly reason: Dismissal;
  /** From the deployment to the incident, two decimals; negative when the deployment came after. */
  readonly minutesBefore: number;
}

/** Ranks candidates for an incident: every one is either suspected with its reasons or dismissed with one. */
export function suspectChanges(incident: SuspectedIn, candidates: readonly Candidate[]): Ranking {
  const dismissed: Dismissed[] = [];
  const suspicions: Suspicion[] = [];
  for (const candidate of candidates) {
    const reason = dismissalOf(incident, candidate);
    if (reason) dismissed.push({ candidate, reason, minutesBefore: minutesBefore(incident, candidate) });
    else suspicions.push(suspicionOf(incident, candidate));
  }
  suspicions.sort(mostSuspectFirst);
  const best = new Map<string, Suspicion>();
  for (const suspicion of suspicions) {
    if (!best.has(suspicion.candidate.changeId)) best.set(suspicion.candidate.changeId, suspicion);
  }
  return { suspicions: [...best.values()], dismissed };
}

function dismissalOf(incident: SuspectedIn, candidate: Candidate): Dismissal | null {
  const { serviceId, dependsOn, environment, detectedAt } = incident;
  const minutes = minutesBefore(incident, candidate);
  if (candidate.remedyForIncidentId === incident.id) return 'REMEDY_OF_INCIDENT';
  if (candidate.serviceId !== serviceId && !dependsOn.includes(candidate.serviceId)) return 'OTHER_SERVICE';
  if (environment !== null && candidate.environment !== environment) return 'OTHER_ENVIRONMENT';
  if (minutes > BOUND_MINUTES.before || minutes < -BOUND_MINUTES.after) return 'OUT_OF_BOUND';
  if (candidate.deploymentState === 'ROLLED_BACK') return 'ROLLED_BACK';
  if (candidate.endedAt !== null && candidate.endedAt <= detectedAt) return 'NO_LONGER_LIVE';
  return null;
}

function suspicionOf(incident: SuspectedIn, candidate: Candidate): Suspicion {
  const minutes = minutesBefore(incident, candidate);
  const shortly = minutes >= 0 && minutes <= BOUND_MINUTES.shortly;
  const reasons: SuspicionReason[] = [
    candidate.serviceId === incident.serviceId ? 'SAME_SERVICE' : 'DEPENDENCY_OF_SERVICE',
    shortly ? 'DEPLOYED_SHORTLY_BEFORE' : 'DEPLOYED_WITHIN_BOUND',
  ];
  if (candidate.environment === incident.environment) reasons.push('SAME_ENVIRONMENT');
  if (candidate.changeKind === 'EMERGENCY') reasons.push('EMERGENCY_CHANGE');
  const points = reasons.reduce((sum, reason) => sum + REASON_POINTS[reason], 0);
  return { candidate, points, confidence: confidenceOf(points), reasons, minutesBefore: minutes };
}

/** The confidence that so many points give. */
export function confidenceOf(points: number): Confidence {
  return CONFIDENCE_FROM.find(([least]) => points >= least)?.[1] ?? 'LOW';
}

function minutesBefore(incident: SuspectedIn, candidate: Candidate): number {
  return Math.round((incident.detectedAt.getTime() - candidate.deployedAt.getTime()) / 600) / 100;
}

function mostSuspectFirst(a: Suspicion, b: Suspicion): number {
  return (
    b.points - a.points ||
    Math.abs(a.minutesBefore) - Math.abs(b.minutesBefore) ||
    a.candidate.deploymentId.localeCompare(b.candidate.deploymentId)
  );
}
