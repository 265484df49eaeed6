import { loadMany, loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { StakeholderUpdatesReader } from '../persistence/stakeholder-updates.reader.js';

/** References of one request, read in one statement per kind; what the actor may not see is null or absent. */
@Injectable()
export class StakeholderUpdatesLoader {
  readonly update: Loader<string, StakeholderUpdateRecord | null>;
  readonly updatesOfIncident: Loader<string, readonly StakeholderUpdateRecord[]>;

  constructor(reader: StakeholderUpdatesReader) {
    this.update = loadOne(
      (actor, ids) => reader.updatesByIds(actor, ids),
      (update) => update.id,
    );
    this.updatesOfIncident = loadMany(
      (actor, ids) => reader.updatesOfIncidents(actor, ids),
      (update) => update.incidentId,
    );
  }
}
