import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { isOpen } from '../domain/incident-lifecycle.js';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import { reopen } from '../domain/resolution.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { KindsReader } from '../persistence/kinds.reader.js';

/** The fix did not hold. Refused when its alerts have another open incident by now: work goes on there. */
@Injectable()
export class ReopenIncident {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly kinds: KindsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, reason: string): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    const { tenantId } = actor;
    return this.database.transaction(tenantId, async () => {
      const successor = await this.openOfSameKind(tenantId, id);
      return this.incidents.change(actor, id, (incident) => {
        const decision = reopen(incident, reason, actor, this.clock.now());
        if (!decision.ok || !successor) return decision;
        return refuse('OPEN_INCIDENT_EXISTS', `Its alerts belong to INC-${successor.number} by now.`);
      });
    });
  }

  /** Locks the kind first, as a delivery of alerts does: nobody opens another one meanwhile. */
  private async openOfSameKind(tenantId: string, id: string): Promise<IncidentRecord | null> {
    const [incident] = await this.kinds.byIds(tenantId, [id]);
    if (!incident?.dedupKey) return null;
    await this.incidents.lockKinds(tenantId, [incident.dedupKey]);
    const latest = (await this.kinds.latestOfKinds(tenantId, [incident.dedupKey])).get(incident.dedupKey);
    return latest && latest.id !== id && isOpen(latest) ? latest : null;
  }
}
