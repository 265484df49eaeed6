import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Change } from '../domain/change.js';
import type { ChangeKind, ChangeState, CloseCode } from '../domain/vocabulary.js';

@Entity('change')
export class ChangeRecord implements Change, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('int')
  number!: number;

  @Column('text')
  title!: string;

  @Column('text')
  kind!: ChangeKind;

  @Column('text')
  state!: ChangeState;

  @Column('text', { name: 'service_ids', array: true })
  serviceIds!: readonly string[];

  @Column('text')
  environment!: string;

  @Column('text', { name: 'rollback_plan', nullable: true })
  rollbackPlan!: string | null;

  @Column('text', { name: 'requester_id' })
  requesterId!: string;

  @Column('boolean')
  unplanned!: boolean;

  @Column('text', { name: 'remedy_for_incident_id', nullable: true })
  remedyForIncidentId!: string | null;

  @Column('text', { name: 'rolls_back_change_id', nullable: true })
  rollsBackChangeId!: string | null;

  @Column('text', { name: 'authorized_by', nullable: true })
  authorizedBy!: string | null;

  @Column('timestamptz', { name: 'authorized_at', nullable: true })
  authorizedAt!: Date | null;

  @Column('text', { name: 'close_code', nullable: true })
  closeCode!: CloseCode | null;

  @Column('text', { name: 'external_system', nullable: true })
  externalSystem!: string | null;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('timestamptz', { name: 'registered_at' })
  registeredAt!: Date;
}
