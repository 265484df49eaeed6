import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Incident } from '../domain/incident.js';
import type {
  ClassificationReason,
  IncidentOrigin,
  IncidentState,
  Level,
  OnHoldReason,
  Priority,
  ResolutionCode,
} from '../domain/vocabulary.js';

@Entity('incident')
export class IncidentRecord implements Incident, Aggregate {
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
  description!: string;

  @Column('text')
  state!: IncidentState;

  @Column('text', { name: 'on_hold_reason', nullable: true })
  onHoldReason!: OnHoldReason | null;

  @Column('text')
  impact!: Level;

  @Column('text')
  urgency!: Level;

  @Column('text')
  priority!: Priority;

  @Column('int', { name: 'matrix_version' })
  matrixVersion!: number;

  @Column('text', { name: 'classification_reasons', array: true })
  classificationReasons!: readonly ClassificationReason[];

  @Column('text', { name: 'service_id', nullable: true })
  serviceId!: string | null;

  @Column('text', { nullable: true })
  environment!: string | null;

  @Column('text')
  origin!: IncidentOrigin;

  @Column('text', { nullable: true })
  signature!: string | null;

  @Column('text', { name: 'dedup_key', nullable: true })
  dedupKey!: string | null;

  @Column('text', { name: 'owner_id', nullable: true })
  ownerId!: string | null;

  @Column('text', { name: 'team_id', nullable: true })
  teamId!: string | null;

  @Column('text', { name: 'external_system', nullable: true })
  externalSystem!: string | null;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('text', { name: 'imported_entries', array: true })
  importedEntries!: readonly string[];

  @Column('text', { name: 'reporter_id', nullable: true })
  reporterId!: string | null;

  @Column('text', { name: 'resolution_code', nullable: true })
  resolutionCode!: ResolutionCode | null;

  @Column('text', { name: 'resolution_notes', nullable: true })
  resolutionNotes!: string | null;

  @Column('text', { name: 'resolved_by', nullable: true })
  resolvedBy!: string | null;

  @Column('timestamptz', { name: 'impact_started_at', nullable: true })
  impactStartedAt!: Date | null;

  @Column('timestamptz', { name: 'detected_at' })
  detectedAt!: Date;

  @Column('timestamptz', { name: 'declared_at' })
  declaredAt!: Date;

  @Column('timestamptz', { name: 'acknowledged_at', nullable: true })
  acknowledgedAt!: Date | null;

  @Column('timestamptz', { name: 'mitigated_at', nullable: true })
  mitigatedAt!: Date | null;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null;

  @Column('timestamptz', { name: 'recovery_validated_at', nullable: true })
  recoveryValidatedAt!: Date | null;

  @Column('timestamptz', { name: 'recovery_window_ended_at', nullable: true })
  recoveryWindowEndedAt!: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  @Column('timestamptz', { name: 'canceled_at', nullable: true })
  canceledAt!: Date | null;
}
