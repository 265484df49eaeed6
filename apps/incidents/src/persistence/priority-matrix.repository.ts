import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import type { PriorityMatrix } from '../domain/priority-matrix.js';
import { PriorityMatrixReader } from './priority-matrix.reader.js';

/** The only writer of the tenant's tables. */
@Injectable()
export class PriorityMatrixRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: PriorityMatrixReader,
  ) {}

  /** The version in force, for a decision: stored before it decides anything, so that what decided is always on record. */
  async forDecision(tenantId: string): Promise<PriorityMatrix> {
    return this.database.transaction(tenantId, async (tx) => {
      const matrix = await this.reader.inForce(tenantId);
      const { version, ...tables } = matrix;
      await tx.query(
        'INSERT INTO priority_matrix (tenant_id, version, tables) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [tenantId, version, JSON.stringify(tables)],
      );
      return matrix;
    });
  }
}
