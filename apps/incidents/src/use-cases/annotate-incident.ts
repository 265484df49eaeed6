import { TenantDatabase } from '@graphdesk/database';
import { unchanged, type Clock } from '@graphdesk/decisions';
import { systemActor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { annotate } from '../domain/handling.js';
import type { Annotation } from '../domain/incident-facts.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { TimelineReader } from '../persistence/timeline.reader.js';

/** Something that happened elsewhere is put on the timeline, once. */
@Injectable()
export class AnnotateIncident {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly timeline: TimelineReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(tenantId: string, incidentId: string, annotation: Annotation): Promise<void> {
    const actor = systemActor('incidents', tenantId);
    await this.database.transaction(tenantId, async () => {
      const known = await this.timeline.isAnnotated(tenantId, incidentId, annotation.about, annotation.referenceId);
      const outcome = await this.incidents.change(actor, incidentId, () =>
        known ? unchanged() : annotate(annotation, actor, this.clock.now()),
      );
      if (!outcome.ok) throw new Error(`${annotation.about} ${annotation.referenceId}: ${outcome.message}`);
    });
  }
}
