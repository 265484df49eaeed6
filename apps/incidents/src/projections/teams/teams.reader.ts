import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { TeamRecord } from './team.record.js';

/** The only way to read our copy of the catalog's teams. */
@Injectable()
export class TeamsReader {
  constructor(private readonly database: TenantDatabase) {}

  /** Which of these teams the tenant has. */
  async known(tenantId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const teams = await this.database.transaction(tenantId, (tx) => tx.findBy(TeamRecord, { id: In([...ids]) }));
    return new Set(teams.map(({ id }) => id));
  }
}
