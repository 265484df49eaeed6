import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { DEFAULT_MATRIX, type PriorityMatrix } from '../domain/priority-matrix.js';
import { PriorityMatrixRecord } from './priority-matrix.record.js';

/** Queries of the tenant's tables. */
@Injectable()
export class PriorityMatrixReader {
  constructor(private readonly database: TenantDatabase) {}

  /** The version in force: the latest one, or the default while none is stored. */
  async inForce(tenantId: string): Promise<PriorityMatrix> {
    return this.database.transaction(tenantId, async (tx) => {
      const stored = await tx.findOne(PriorityMatrixRecord, { where: { tenantId }, order: { version: 'DESC' } });
      return stored ? { ...stored.tables, version: stored.version } : DEFAULT_MATRIX;
    });
  }
}
