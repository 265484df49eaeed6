import { decide, type Decision } from '@graphdesk/decisions';
import type { Acting } from './incident.js';
import { forbidden } from './incident-permissions.js';
import { invalidText, type IncidentRefusal } from './incident-refusals.js';

/** What an intake source speaks. */
export const INTAKE_SOURCE_KINDS = ['ALERTMANAGER'] as const;
export type IntakeSourceKind = (typeof INTAKE_SOURCE_KINDS)[number];

/** A monitor of the tenant that may send alerts. Only a digest of its secret is kept. */
export interface IntakeSource {
  readonly id: string;
  readonly name: string;
  readonly kind: IntakeSourceKind;
  /** SHA-256 of the secret, hexadecimal. */
  readonly secretDigest: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** What can happen to an intake source. */
export type IntakeSourceFact = { readonly kind: 'intake-source-created'; readonly at: Date };

/** Longest name, in characters. */
export const SOURCE_NAME_LIMIT = 100;

/** A monitor may send alerts from now on. */
export function createIntakeSource(
  source: Omit<IntakeSource, 'createdBy' | 'createdAt'>,
  acting: Acting,
  now: Date,
): Decision<IntakeSource, IntakeSourceFact, IncidentRefusal> {
  const refusal = forbidden(acting, 'createIntakeSource') ?? invalidText('name', source.name, SOURCE_NAME_LIMIT);
  if (refusal) return refusal;
  return decide({ ...source, name: source.name.trim(), createdBy: acting.id, createdAt: now }, [
    { kind: 'intake-source-created', at: now },
  ]);
}
