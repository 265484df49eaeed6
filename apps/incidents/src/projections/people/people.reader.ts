import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { PersonRecord } from './person.record.js';

/** The only way to read our copy of the catalog's people. */
@Injectable()
export class PeopleReader {
  constructor(private readonly database: TenantDatabase) {}

  /** Whether the tenant has this person. */
  async exists(tenantId: string, id: string): Promise<boolean> {
    return this.database.transaction(tenantId, (tx) => tx.existsBy(PersonRecord, { id }));
  }
}
