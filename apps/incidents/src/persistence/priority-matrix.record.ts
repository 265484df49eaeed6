import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PriorityMatrix } from '../domain/priority-matrix.js';

/** One version of a tenant's tables; versions are only ever added. */
@Entity('priority_matrix')
export class PriorityMatrixRecord {
  @PrimaryColumn('text', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('int')
  version!: number;

  @Column('jsonb')
  tables!: Omit<PriorityMatrix, 'version'>;
}
