import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { rollbackPolicy } from '../domain/rollback-policy.js';
import {
  BOUND_MINUTES,
  suspectChanges,
  type Candidate,
  type SuspectedIn,
  type Suspicion,
} from '../domain/suspect-changes.js';
import { link } from '../domain/suspected-change.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import { SuspectedChangesRepository } from '../persistence/suspected-changes.repository.js';
import { KnownIncidentsReader } from '../projections/incidents/incidents.reader.js';
import type { KnownIncidentRecord } from '../projections/incidents/known-incident.record.js';
import { KnownServicesReader } from '../projections/services/services.reader.js';
import { DismissChanges } from './dismiss-changes.js';
import { SuggestRollback } from './suggest-rollback.js';

const MINUTE_MS = 60_000;

/** Looks for the changes that may have caused an incident. Looking again links nothing twice. */
@Injectable()
export class SuspectChanges {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: KnownIncidentsReader,
    private readonly services: KnownServicesReader,
    private readonly deployments: DeploymentsReader,
    private readonly suspected: SuspectedChangesRepository,
    private readonly suggestRollback: SuggestRollback,
    private readonly dismissChanges: DismissChanges,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** For one incident, once it is reported. */
  async forIncident(actor: Actor, incidentId: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      await this.suspected.lockSearch(actor);
      const incident = await this.incidents.byId(actor.tenantId, incidentId);
      if (incident) await this.search(actor, incident);
    });
  }

  /** For the incidents that were open when something went live, or soon after; the nearest of the others have it on record as dismissed. */
  async forDeployment(actor: Actor, deploymentId: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      await this.suspected.lockSearch(actor);
      const candidate = await this.deployments.candidate(actor, deploymentId);
      if (!candidate) return;
      const { serviceId, environment, deployedAt: at } = candidate;
      const place = { serviceId, environment, at };
      const related = await this.incidents.openAround(actor.tenantId, place);
      const others = await this.incidents.openNearby(actor.tenantId, place);
      const incidents = new Map([...related, ...others].map((incident) => [incident.id, incident]));
      for (const incident of incidents.values()) await this.judge(actor, incident, () => [candidate]);
    });
  }

  /** For the recent incidents of a service whose dependencies became known after them. */
  async forService(actor: Actor, serviceId: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      await this.suspected.lockSearch(actor);
      const from = minutesFrom(this.clock.now(), -BOUND_MINUTES.before);
      const incidents = await this.incidents.openOf(actor.tenantId, serviceId, from);
      for (const incident of incidents) await this.search(actor, incident);
    });
  }

  private async search(actor: Actor, incident: KnownIncidentRecord): Promise<void> {
    await this.judge(actor, incident, (suspectedIn) => this.deployments.candidates(actor, suspectedIn));
  }

  /** Links the suspects among the candidates, and puts the others on record. */
  private async judge(
    actor: Actor,
    incident: KnownIncidentRecord,
    candidatesFor: (suspectedIn: SuspectedIn) => readonly Candidate[] | Promise<readonly Candidate[]>,
  ): Promise<void> {
    const { serviceId } = incident;
    if (serviceId === null || incident.state !== 'OPEN') return;
    const [service] = await this.services.byIds(actor.tenantId, [serviceId]);
    const suspectedIn = { ...incident, serviceId, dependsOn: service?.dependsOn ?? [] };
    const { suspicions, dismissed } = suspectChanges(suspectedIn, await candidatesFor(suspectedIn));
    for (const suspicion of suspicions) await this.suspect(actor, incident, suspicion);
    await this.dismissChanges.execute(actor, incident.id, dismissed);
  }

  private async suspect(actor: Actor, incident: KnownIncidentRecord, suspicion: Suspicion): Promise<void> {
    const { candidate, confidence } = suspicion;
    const now = this.clock.now();
    const policy = rollbackPolicy({
      priority: incident.priority,
      certainty: confidence,
      ageMinutes: (now.getTime() - candidate.deployedAt.getTime()) / MINUTE_MS,
      reversible: candidate.reversible,
      isRollback: candidate.isRollback,
      isLive: candidate.deploymentState === 'SUCCEEDED',
      isIncidentOpen: incident.state === 'OPEN',
    });
    const state = link(suspicion, policy, { id: newId('suspectedChange'), incidentId: incident.id });
    const known = refuse('SUSPECTED_ALREADY', 'the incident and the change are linked already');
    const created = await this.suspected.create(actor, state, [{ kind: 'change-suspected', at: now }], known);
    if (created.ok) await this.suggestRollback.execute(actor, created.value, policy);
  }
}

function minutesFrom(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS);
}
