import { decide, type Decision } from '@graphdesk/decisions';
import { forbids } from './changes-permissions.js';
import { invalidText, LIMITS, type ChangesRefusal } from './changes-refusals.js';
import type { Acting } from './vocabulary.js';

export const SOURCE_KINDS = ['GITHUB'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A system that reports deployments by webhook, with a secret of its own. */
export interface DeploymentSource {
  readonly id: string;
  /** Unique per tenant. */
  readonly name: string;
  readonly kind: SourceKind;
  readonly createdAt: Date;
}

export type SourceFact = { readonly kind: 'deployment-source-created'; readonly at: Date };

/** An admin lets a system report deployments. */
export function createDeploymentSource(
  source: Omit<DeploymentSource, 'createdAt'>,
  acting: Acting,
  now: Date,
): Decision<DeploymentSource, SourceFact, ChangesRefusal> {
  const refusal = forbids('create-deployment-source', acting) ?? invalidText('name', source.name, LIMITS.name);
  if (refusal) return refusal;
  return decide<DeploymentSource, SourceFact>({ ...source, name: source.name.trim(), createdAt: now }, [
    { kind: 'deployment-source-created', at: now },
  ]);
}
