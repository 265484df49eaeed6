import { Access, CurrentRequest, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SLA_READERS } from '../domain/sla-permissions.js';
import type { SlaClockRecord } from '../persistence/sla-clock.record.js';
import { IncidentReference } from './incident.reference.js';
import { SlaClockType } from './sla-clock.type.js';
import { SlaLoader } from './sla.loader.js';

/** What this service adds to incidents. */
@Resolver(() => IncidentReference)
export class IncidentResolver {
  constructor(private readonly loader: SlaLoader) {}

  @ResolveField(() => [SlaClockType], {
    nullable: true,
    description:
      'Its SLA clocks: time to own, time to resolve. Null when the caller may not see them or the service is away.',
  })
  @Access(...SLA_READERS)
  slaClocks(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly SlaClockRecord[]> {
    return this.loader.clocksOfIncident(request, incident.id);
  }
}
