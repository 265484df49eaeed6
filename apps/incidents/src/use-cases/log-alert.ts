import { newId } from '@graphdesk/contracts';
import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { alertTitle, clip } from '../domain/alert-title.js';
import { classifyAlert } from '../domain/classify-alert.js';
import { firstOwner } from '../domain/ownership.js';
import { DESCRIPTION_LIMIT, NAME_LIMIT, report, type NewIncident } from '../domain/report.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { PriorityMatrixRepository } from '../persistence/priority-matrix.repository.js';
import { ServicesReader } from '../projections/services/services.reader.js';
import { TenantsReader } from '../projections/tenants/tenants.reader.js';
import type { NormalAlert } from './alert-delivery.js';

/** An alert of a kind that has no incident becomes one: classified, owned, never refused. */
@Injectable()
export class LogAlert {
  constructor(
    private readonly incidents: IncidentsRepository,
    private readonly matrices: PriorityMatrixRepository,
    private readonly services: ServicesReader,
    private readonly tenants: TenantsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the new incident's id. */
  async execute(actor: Actor, alert: NormalAlert): Promise<string> {
    const { tenantId } = actor;
    const now = this.clock.now();
    const key = alert.serviceLabel;
    const service = key === null ? null : ((await this.services.byKeys(tenantId, [key])).get(key) ?? null);
    const matrix = await this.matrices.forDecision(tenantId);
    const { severityLabel } = alert;
    const decision = report(
      {
        title: alertTitle({ name: alert.name, serviceLabel: key, knownService: service !== null }),
        description: clip(alert.description, DESCRIPTION_LIMIT),
        serviceId: service?.id ?? null,
        environment: alert.environment === null ? null : clip(alert.environment, NAME_LIMIT),
        classification: classifyAlert({ severityLabel, namesService: key !== null }, service, matrix),
        ownerId: firstOwner(service, await this.tenants.settings(tenantId)),
        origin: 'ALERT',
        signature: clip(alert.name, NAME_LIMIT),
        dedupKey: alert.dedupKey,
        reporterId: null,
        impactStartedAt: null,
        detectedAt: detectedAt(alert.startsAt, now),
      },
      actor,
      now,
    );
    if (!decision.ok) throw new Error(`the alert ${alert.name} was refused: ${decision.message}`);
    const outcome = await this.incidents.log(actor, newId('incident'), decision.changes as NewIncident, decision.facts);
    if (!outcome.ok) throw new Error(`the alert ${alert.name} was not logged: ${outcome.message}`);
    return outcome.value.id;
  }
}

/** A monitor's clock may be wrong: nothing is noticed in the future, nor before monitors of this kind existed. */
function detectedAt(startsAt: Date, now: Date): Date {
  return startsAt > now || startsAt.getUTCFullYear() < 2000 ? now : startsAt;
}
