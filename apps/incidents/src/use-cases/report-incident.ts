import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { classifyStatement } from '../domain/classify-alert.js';
import { unknownTenant, type IncidentRefusal } from '../domain/incident-refusals.js';
import { firstOwner } from '../domain/ownership.js';
import { report, type NewIncident } from '../domain/report.js';
import type { Level } from '../domain/vocabulary.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { PriorityMatrixRepository } from '../persistence/priority-matrix.repository.js';
import { ServicesReader } from '../projections/services/services.reader.js';
import { TenantsReader } from '../projections/tenants/tenants.reader.js';

/** What a person tells of an incident. */
export interface Statement {
  readonly title: string;
  readonly description: string;
  readonly serviceId: string | null;
  readonly environment: string | null;
  readonly impact: Level;
  readonly urgency: Level;
  /** When users began to be hurt, if the person knows; never later than now. */
  readonly impactStartedAt: Date | null;
}

/** A person logs an incident; the tenant's matrix gives its priority. */
@Injectable()
export class ReportIncident {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly matrices: PriorityMatrixRepository,
    private readonly services: ServicesReader,
    private readonly tenants: TenantsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, statement: Statement): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    const now = this.clock.now();
    if (statement.impactStartedAt && statement.impactStartedAt > now) {
      return refuse('INVALID_INPUT', 'impactStartedAt is in the future.', { path: ['impactStartedAt'] });
    }
    const { tenantId } = actor;
    return this.database.transaction(tenantId, async () => {
      const tenant = await this.tenants.settings(tenantId);
      if (!tenant) return unknownTenant(tenantId);
      const { impact, urgency, ...told } = statement;
      const service = told.serviceId ? await this.services.byId(tenantId, told.serviceId) : null;
      if (told.serviceId && !service) return unknownReference(told.serviceId, 'serviceId');
      const decision = report(
        {
          ...told,
          classification: classifyStatement(impact, urgency, await this.matrices.forDecision(tenantId)),
          ownerId: firstOwner(service, tenant),
          origin: 'PERSON',
          signature: null,
          dedupKey: null,
          reporterId: actor.id,
          detectedAt: now,
        },
        actor,
        now,
      );
      if (!decision.ok) return decision;
      return this.incidents.log(actor, newId('incident'), decision.changes as NewIncident, decision.facts);
    });
  }
}
