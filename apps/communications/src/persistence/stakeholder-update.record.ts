import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StakeholderUpdate } from '../domain/stakeholder-update.js';
import type { Audience, Occasion, UpdateState } from '../domain/vocabulary.js';

/** An update; one per incident and occasion. */
@Entity('stakeholder_update')
export class StakeholderUpdateRecord implements StakeholderUpdate, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('text')
  occasion!: Occasion;

  @Column('text')
  audience!: Audience;

  @Column('text')
  subject!: string;

  @Column('text')
  body!: string;

  @Column('text')
  state!: UpdateState;

  @Column('timestamptz', { name: 'drafted_at' })
  draftedAt!: Date;

  @Column('text', { name: 'edited_by', nullable: true })
  editedBy!: string | null;

  @Column('text', { name: 'approved_by', nullable: true })
  approvedBy!: string | null;

  @Column('timestamptz', { name: 'approved_at', nullable: true })
  approvedAt!: Date | null;

  @Column('text', { name: 'sent_by', nullable: true })
  sentBy!: string | null;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
