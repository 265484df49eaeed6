import { loadMany, loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { SlaClockRecord } from '../persistence/sla-clock.record.js';
import type { SlaPolicyRecord } from '../persistence/sla-policy.record.js';
import { SlaReader } from '../persistence/sla.reader.js';

/** References of one request, read in one statement per kind; what the actor may not see is null or absent. */
@Injectable()
export class SlaLoader {
  readonly clock: Loader<string, SlaClockRecord | null>;
  readonly policy: Loader<string, SlaPolicyRecord | null>;
  readonly clocksOfIncident: Loader<string, readonly SlaClockRecord[]>;

  constructor(reader: SlaReader) {
    this.clock = loadOne((actor, ids) => reader.clocksByIds(actor, ids), byId);
    this.policy = loadOne((actor, ids) => reader.policiesByIds(actor, ids), byId);
    this.clocksOfIncident = loadMany(
      (actor, ids) => reader.clocksOfIncidents(actor, ids),
      (clock) => clock.incidentId,
    );
  }
}

const byId = (row: { readonly id: string }): string => row.id;
