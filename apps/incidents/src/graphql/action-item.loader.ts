import { loadMany, loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { ActionItemRecord } from '../persistence/action-item.record.js';
import { ActionItemsReader } from '../persistence/action-items.reader.js';

/** Action items of one request, read in one statement per kind; what the actor may not see is not there. */
@Injectable()
export class ActionItemLoader {
  readonly actionItem: Loader<string, ActionItemRecord | null>;
  readonly ofIncident: Loader<string, readonly ActionItemRecord[]>;

  constructor(items: ActionItemsReader) {
    this.actionItem = loadOne(
      (actor, ids) => items.byIds(actor, ids),
      (item) => item.id,
    );
    this.ofIncident = loadMany(
      (actor, ids) => items.ofIncidents(actor, ids),
      (item) => item.incidentId,
    );
  }
}
