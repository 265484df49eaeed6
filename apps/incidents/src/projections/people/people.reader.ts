import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { PersonRecord } from './person.record.js';

/** The only way to read our copy of the catalog's people. */
@Injectable()
export class PeopleReader {
  constructor(private readonly database: TenantDatabase) {}

  /** Whether the tenant has this person. */
  async exists(tenantId: string, id: string): Promise<boolean> {
    return this.database.transaction(tenantId, (tx) => tx.existsBy(PersonRecord, { id }));
  }

  /** Which of these people the tenant has. */
  async known(tenantId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const people = await this.database.transaction(tenantId, (tx) => tx.findBy(PersonRecord, { id: In([...ids]) }));
    return new Set(people.map(({ id }) => id));
  }
}
