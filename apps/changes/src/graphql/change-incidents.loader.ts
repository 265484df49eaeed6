import { loadMany, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { ChangeIncidentRecord } from '../persistence/change-incident.record.js';
import { ChangeIncidentsReader } from '../persistence/change-incidents.reader.js';

/** What changes and incidents of one request have to do with each other, read together; empty for those who see no changes. */
@Injectable()
export class ChangeIncidentsLoader {
  readonly ofChange: Loader<string, readonly ChangeIncidentRecord[]>;
  readonly ofIncident: Loader<string, readonly ChangeIncidentRecord[]>;

  constructor(reader: ChangeIncidentsReader) {
    this.ofChange = loadMany(
      (actor, ids) => reader.ofChanges(actor, ids),
      (link) => link.changeId,
    );
    this.ofIncident = loadMany(
      (actor, ids) => reader.ofIncidents(actor, ids),
      (link) => link.incidentId,
    );
  }
}
