import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Deployment } from '../domain/deployment.js';
import type { DeploymentState } from '../domain/vocabulary.js';

@Entity('deployment')
export class DeploymentRecord implements Deployment, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  origin!: string;

  @Column('text', { name: 'external_id' })
  externalId!: string;

  @Column('text')
  state!: DeploymentState;

  @Column('text', { name: 'service_name' })
  serviceName!: string;

  @Column('text', { name: 'service_id', nullable: true })
  serviceId!: string | null;

  @Column('text')
  environment!: string;

  @Column('text')
  reference!: string;

  @Column('text', { name: 'change_id', nullable: true })
  changeId!: string | null;

  @Column('timestamptz', { name: 'reported_at' })
  reportedAt!: Date;

  @Column('timestamptz', { name: 'deployed_at', nullable: true })
  deployedAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
