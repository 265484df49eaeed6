import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeploymentSource, SourceKind } from '../domain/deployment-source.js';

@Entity('deployment_source')
export class DeploymentSourceRecord implements DeploymentSource, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: SourceKind;

  /** The webhook secret, sealed; never selected but by whoever checks a signature. */
  @Column('text', { name: 'sealed_secret', select: false })
  sealedSecret!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
