import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SuspicionReason } from '../domain/suspect-changes.js';
import type { SuspectedChange } from '../domain/suspected-change.js';
import type { Confidence, RollbackAdvice, SuspicionState } from '../domain/vocabulary.js';

@Entity('suspected_change')
export class SuspectedChangeRecord implements SuspectedChange, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('text', { name: 'change_id' })
  changeId!: string;

  @Column('int', { name: 'change_number' })
  changeNumber!: number;

  @Column('text', { name: 'deployment_id' })
  deploymentId!: string;

  @Column('text')
  state!: SuspicionState;

  @Column('text')
  confidence!: Confidence;

  @Column('int')
  points!: number;

  @Column('text', { array: true })
  reasons!: readonly SuspicionReason[];

  @Column('float8', { name: 'minutes_before' })
  minutesBefore!: number;

  @Column('text')
  advice!: RollbackAdvice;

  @Column('text', { name: 'advice_reason' })
  adviceReason!: string;

  @Column('text', { name: 'judged_by', nullable: true })
  judgedBy!: string | null;

  @Column('text', { name: 'rejection_reason', nullable: true })
  rejectionReason!: string | null;
}
