import { newId } from '@graphdesk/contracts';
import { refuse, type Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { ClockStarted } from '../domain/clock-facts.js';
import { bornClock } from '../domain/fold-clock.js';
import { targetOf } from '../domain/sla-policy.js';
import { MEASURES, type Origin, type Priority } from '../domain/vocabulary.js';
import { SlaClocksRepository } from '../persistence/sla-clocks.repository.js';
import { EnsureSlaPolicy } from './ensure-sla-policy.js';

/** A new incident, as its clocks see it. */
export interface ReportedIncident {
  readonly incidentId: string;
  readonly priority: Priority;
  readonly origin: Origin;
  readonly declaredAt: Date;
  readonly eventId: string;
  readonly incidentVersion: number;
}

/** Starts a clock for each measure, as of the incident's declaration. An incident that has its clocks keeps them. */
@Injectable()
export class StartClocks {
  constructor(
    private readonly clocks: SlaClocksRepository,
    private readonly ensuring: EnsureSlaPolicy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, incident: ReportedIncident): Promise<void> {
    const policy = await this.ensuring.execute(actor.tenantId);
    const { incidentId, priority, origin, eventId, incidentVersion } = incident;
    for (const measure of MEASURES) {
      const started: ClockStarted = {
        kind: 'sla-clock-started',
        id: newId('slaClock'),
        incidentId,
        measure,
        priority,
        targetMinutes: targetOf(policy.targets, priority, measure),
        policyId: policy.id,
        policyVersion: policy.version,
        origin,
        at: this.clock.now(),
        since: incident.declaredAt,
        eventId,
        incidentVersion,
      };
      const taken = refuse('CLOCK_EXISTS', 'the incident has this clock already');
      await this.clocks.create(actor, bornClock(started), [started], taken);
    }
  }
}
