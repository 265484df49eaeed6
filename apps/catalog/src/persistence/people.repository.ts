import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { PersonFact } from '../domain/catalog-facts.js';
import { publishPerson } from '../published-events.js';
import { PersonRecord } from './person.record.js';

/** The only writer of people. */
@Injectable()
export class PeopleRepository extends WritePath<PersonRecord, PersonFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, PersonRecord, publishPerson);
  }
}
