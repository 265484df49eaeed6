import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { may } from '../domain/sla-permissions.js';
import type { SlaTarget } from '../domain/sla-policy.js';
import { SlaClockRecord } from './sla-clock.record.js';
import { SlaPolicyRecord } from './sla-policy.record.js';

/** Every query of this service, each with its visibility: those who work on incidents see all clocks, others none. */
@Injectable()
export class SlaReader {
  constructor(private readonly database: TenantDatabase) {}

  async clocksByIds(actor: Actor, ids: readonly string[]): Promise<SlaClockRecord[]> {
    if (ids.length === 0 || !may(actor, 'readClocks')) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(SlaClockRecord, { id: In([...ids]) }));
  }

  /** The clocks of incidents: time to own before time to resolve. */
  async clocksOfIncidents(actor: Actor, incidentIds: readonly string[]): Promise<SlaClockRecord[]> {
    if (incidentIds.length === 0 || !may(actor, 'readClocks')) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(SlaClockRecord, { where: { incidentId: In([...incidentIds]) }, order: { measure: 'ASC' } }),
    );
  }

  /** The tenant's policy; null until the tenant's first event arrived. */
  async policy(actor: Actor): Promise<SlaPolicyRecord | null> {
    if (!may(actor, 'readPolicy')) return null;
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.findOneBy(SlaPolicyRecord, { tenantId: actor.tenantId }),
    );
  }

  async policiesByIds(actor: Actor, ids: readonly string[]): Promise<SlaPolicyRecord[]> {
    const policy = await this.policy(actor);
    return policy && ids.includes(policy.id) ? [policy] : [];
  }

  /** The targets of one version of a policy, from its timeline. */
  async targetsOf(actor: Actor, policyId: string, version: number): Promise<readonly SlaTarget[]> {
    const rows = await this.database.transaction(actor.tenantId, (tx) =>
      tx.query<{ targets: SlaTarget[] }[]>(
        `SELECT detail->'targets' AS targets FROM timeline_entry WHERE aggregate_id = $1 AND version = $2`,
        [policyId, version],
      ),
    );
    if (!rows[0]) throw new Error(`no version ${version} of ${policyId} on record`);
    return rows[0].targets;
  }
}
