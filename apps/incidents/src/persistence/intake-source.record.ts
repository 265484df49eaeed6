import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IntakeSource, IntakeSourceKind } from '../domain/intake-source.js';

@Entity('intake_source')
export class IntakeSourceRecord implements IntakeSource, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: IntakeSourceKind;

  @Column('text', { name: 'secret_digest' })
  secretDigest!: string;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
