import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ClockInterval, SlaClock } from '../domain/sla-clock.js';
import type { ClockState, Measure, Origin, Priority } from '../domain/vocabulary.js';
import { clockIntervals } from './clock-intervals.column.js';

/** A clock as its facts have made it; one per incident and measure. */
@Entity('sla_clock')
export class SlaClockRecord implements SlaClock, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('text')
  measure!: Measure;

  @Column('text')
  state!: ClockState;

  @Column('text')
  priority!: Priority;

  @Column('int', { name: 'target_minutes' })
  targetMinutes!: number;

  @Column('timestamptz', { name: 'target_since' })
  targetSince!: Date;

  @Column('text', { name: 'policy_id' })
  policyId!: string;

  @Column('int', { name: 'policy_version' })
  policyVersion!: number;

  @Column('text')
  origin!: Origin;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('jsonb', { transformer: clockIntervals })
  intervals!: readonly ClockInterval[];

  @Column('timestamptz', { name: 'risk_recorded', nullable: true })
  riskRecorded!: Date | null;

  @Column('timestamptz', { name: 'breach_recorded', nullable: true })
  breachRecorded!: Date | null;

  @Column('int', { name: 'incident_version' })
  incidentVersion!: number;
}
