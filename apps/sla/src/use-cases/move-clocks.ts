import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { moveClock, type IncidentSignal } from '../domain/move-clock.js';
import { targetOf } from '../domain/sla-policy.js';
import type { Priority } from '../domain/vocabulary.js';
import type { SlaClockRecord } from '../persistence/sla-clock.record.js';
import { SlaClocksRepository } from '../persistence/sla-clocks.repository.js';
import { SlaReader } from '../persistence/sla.reader.js';

/** Something that happened to an incident; with REPRIORITIZED the new priority. */
export interface MovedIncident extends Omit<IncidentSignal, 'target'> {
  readonly incidentId: string;
  readonly priority?: Priority;
}

/** Tells each clock of an incident what happened to it. */
@Injectable()
export class MoveClocks {
  constructor(
    private readonly clocks: SlaClocksRepository,
    private readonly reader: SlaReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, moved: MovedIncident): Promise<void> {
    for (const found of await this.reader.clocksOfIncidents(actor, [moved.incidentId])) {
      const signal = await this.withTarget(actor, moved, found);
      await this.clocks.change(actor, found.id, (clock) => moveClock(clock, signal, this.clock.now()));
    }
  }

  /** The new target comes from the clock's own version of the policy, so it is known before the row is locked. */
  private async withTarget(actor: Actor, moved: MovedIncident, clock: SlaClockRecord): Promise<IncidentSignal> {
    const { priority, incidentId: _, ...signal } = moved;
    if (priority === undefined) return signal;
    const targets = await this.reader.targetsOf(actor, clock.policyId, clock.policyVersion);
    return { ...signal, target: { priority, minutes: targetOf(targets, priority, clock.measure) } };
  }
}
