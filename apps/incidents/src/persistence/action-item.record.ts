import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActionItemState } from '../domain/action-item-lifecycle.js';
import type { ActionItem } from '../domain/action-item.js';

@Entity('action_item')
export class ActionItemRecord implements ActionItem, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('text')
  title!: string;

  @Column('text')
  state!: ActionItemState;

  @Column('text', { name: 'owner_id' })
  ownerId!: string;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  @Column('timestamptz', { name: 'overdue_since', nullable: true })
  overdueSince!: Date | null;

  @Column('timestamptz', { name: 'added_at' })
  addedAt!: Date;

  @Column('text', { name: 'added_by' })
  addedBy!: string;

  @Column('timestamptz', { name: 'completed_at', nullable: true })
  completedAt!: Date | null;

  @Column('text', { name: 'completed_by', nullable: true })
  completedBy!: string | null;

  @Column('timestamptz', { name: 'dropped_at', nullable: true })
  droppedAt!: Date | null;

  @Column('text', { name: 'drop_reason', nullable: true })
  dropReason!: string | null;
}
