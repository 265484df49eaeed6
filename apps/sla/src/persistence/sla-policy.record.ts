import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SlaPolicy, SlaTarget } from '../domain/sla-policy.js';

/** A tenant's targets as they are now; earlier versions stand on the timeline. */
@Entity('sla_policy')
export class SlaPolicyRecord implements SlaPolicy, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('jsonb')
  targets!: readonly SlaTarget[];

  @Column('timestamptz', { name: 'revised_at' })
  revisedAt!: Date;

  @Column('text', { name: 'revised_by' })
  revisedBy!: string;
}
