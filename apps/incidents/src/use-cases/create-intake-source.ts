import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@graphdesk/contracts';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { unknownTenant, type IncidentRefusal } from '../domain/incident-refusals.js';
import { createIntakeSource, type IntakeSource, type IntakeSourceKind } from '../domain/intake-source.js';
import type { IntakeSourceRecord } from '../persistence/intake-source.record.js';
import { IntakeSourcesRepository } from '../persistence/intake-sources.repository.js';
import { TenantsReader } from '../projections/tenants/tenants.reader.js';

/** A new source with its secret, which is shown this once: only its digest is kept. */
export interface CreatedIntakeSource {
  readonly source: IntakeSourceRecord;
  readonly secret: string;
}

/** A monitor is allowed to send alerts. */
@Injectable()
export class CreateIntakeSource {
  constructor(
    private readonly sources: IntakeSourcesRepository,
    private readonly tenants: TenantsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    wanted: { readonly name: string; readonly kind: IntakeSourceKind },
  ): Promise<Outcome<CreatedIntakeSource, IncidentRefusal>> {
    const secret = `gdi_${randomBytes(32).toString('base64url')}`;
    const secretDigest = createHash('sha256').update(secret).digest('hex');
    const id = newId('intakeSource');
    const decision = createIntakeSource({ ...wanted, id, secretDigest }, actor, this.clock.now());
    if (!decision.ok) return decision;
    if (!(await this.tenants.settings(actor.tenantId))) return unknownTenant(actor.tenantId);
    const taken = refuse('NAME_TAKEN', 'Another intake source has this name.', { path: ['name'] });
    const outcome = await this.sources.create(actor, decision.changes as IntakeSource, decision.facts, taken);
    return outcome.ok ? { ok: true, value: { source: outcome.value, secret } } : outcome;
  }
}
