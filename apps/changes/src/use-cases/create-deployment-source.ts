import { newId } from '@graphdesk/contracts';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { unknownTenant, type ChangesRefusal } from '../domain/changes-refusals.js';
import { createDeploymentSource, type SourceKind } from '../domain/deployment-source.js';
import type { DeploymentSourceRecord } from '../persistence/deployment-source.record.js';
import { DeploymentSourcesRepository } from '../persistence/deployment-sources.repository.js';
import { SealedSecrets } from '../persistence/sealed-secrets.js';
import { KnownTenantsReader } from '../projections/tenants/tenants.reader.js';

/** A new source with the secret that its webhooks are signed with; the secret is never shown again. */
export interface CreatedSource {
  readonly source: DeploymentSourceRecord;
  readonly secret: string;
}

@Injectable()
export class CreateDeploymentSource {
  constructor(
    private readonly sources: DeploymentSourcesRepository,
    private readonly secrets: SealedSecrets,
    private readonly tenants: KnownTenantsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, name: string, kind: SourceKind): Promise<Outcome<CreatedSource, ChangesRefusal>> {
    const id = newId('intakeSource');
    const now = this.clock.now();
    const decision = createDeploymentSource({ id, name, kind }, actor, now);
    if (!decision.ok) return decision;
    if (!(await this.tenants.isKnown(actor.tenantId))) return unknownTenant(actor.tenantId);
    const secret = randomBytes(32).toString('base64url');
    const state = { id, name: name.trim(), kind, createdAt: now, sealedSecret: this.secrets.seal(secret, id) };
    const taken = refuse('NAME_TAKEN' as const, `there is a source ${state.name} already`, { path: ['name'] });
    const created = await this.sources.create(actor, state, decision.facts, taken);
    return created.ok ? { ok: true, value: { source: created.value, secret } } : created;
  }
}
