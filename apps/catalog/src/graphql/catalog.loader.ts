import { loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { PersonRecord } from '../persistence/person.record.js';
import type { ServiceRecord } from '../persistence/service.record.js';
import type { TeamRecord } from '../persistence/team.record.js';

/** References of one request, read in one statement per kind; what the actor may not see is null. */
@Injectable()
export class CatalogLoader {
  readonly service: Loader<string, ServiceRecord | null>;
  readonly team: Loader<string, TeamRecord | null>;
  readonly person: Loader<string, PersonRecord | null>;

  constructor(reader: CatalogReader) {
    this.service = loadOne((actor, ids) => reader.servicesByIds(actor, ids), byId);
    this.team = loadOne((actor, ids) => reader.teamsByIds(actor, ids), byId);
    this.person = loadOne((actor, ids) => reader.peopleByIds(actor, ids), byId);
  }
}

const byId = (row: { readonly id: string }): string => row.id;
