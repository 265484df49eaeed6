import type { Clock } from '@graphdesk/decisions';
import { Access, CLOCK, CurrentRequest, type RequestContext } from '@graphdesk/subgraph';
import { Inject } from '@nestjs/common';
import { Args, ID, Int, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { atRiskAt, WARNING_PERCENT } from '../domain/clock-work.js';
import { readClock, type ClockReading } from '../domain/read-clock.js';
import type { ClockInterval } from '../domain/sla-clock.js';
import { SLA_READERS } from '../domain/sla-permissions.js';
import type { SlaClockRecord } from '../persistence/sla-clock.record.js';
import { IncidentReference } from './incident.reference.js';
import { SlaClockType, SlaIntervalType } from './sla-clock.type.js';
import { SlaLoader } from './sla.loader.js';

@Resolver(() => SlaClockType)
export class SlaClockResolver {
  constructor(
    private readonly loader: SlaLoader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => SlaClockType, { nullable: true, description: 'A clock by its id.' })
  @Access(...SLA_READERS)
  slaClock(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SlaClockRecord | null> {
    return this.loader.clock(request, id);
  }

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<SlaClockRecord | null> {
    return this.loader.clock(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() clock: SlaClockRecord): number {
    return clock.version;
  }

  @ResolveField(() => Boolean, { description: 'Computed for the record of an imported incident; nobody is told.' })
  imported(@Parent() clock: SlaClockRecord): boolean {
    return clock.origin === 'IMPORT';
  }

  @ResolveField(() => IncidentReference, { nullable: true })
  incident(@Parent() clock: SlaClockRecord): IncidentReference {
    return { id: clock.incidentId };
  }

  @ResolveField(() => Int, { description: 'Whole seconds that counted until now.' })
  elapsedSeconds(@Parent() clock: SlaClockRecord): number {
    return Math.floor(this.read(clock).elapsedMs / 1000);
  }

  @ResolveField(() => Int, { description: 'Whole seconds that may still count; negative once breached.' })
  remainingSeconds(@Parent() clock: SlaClockRecord): number {
    return Math.floor(this.read(clock).remainingMs / 1000);
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: 'When it breaches if it keeps running; null while it does not run.',
  })
  dueAt(@Parent() clock: SlaClockRecord): Date | null {
    return this.read(clock).dueAt;
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: `When ${WARNING_PERCENT} % of the target had counted or will have, if it keeps running; null when it does not come to that.`,
  })
  atRiskAt(@Parent() clock: SlaClockRecord): Date | null {
    return atRiskAt(clock);
  }

  @ResolveField(() => Boolean, { description: 'Whether more time counted until now than the target allows.' })
  breached(@Parent() clock: SlaClockRecord): boolean {
    return this.read(clock).breached;
  }

  @ResolveField(() => Date, { nullable: true, description: 'The true moment of the breach.' })
  breachedAt(@Parent() clock: SlaClockRecord): Date | null {
    return this.read(clock).breachedAt;
  }

  @ResolveField(() => [SlaIntervalType], { description: 'Every stretch of time that counts or does not, and why.' })
  explain(@Parent() clock: SlaClockRecord): readonly ClockInterval[] {
    return clock.intervals;
  }

  private read(clock: SlaClockRecord): ClockReading {
    return readClock(clock, this.clock.now());
  }
}
