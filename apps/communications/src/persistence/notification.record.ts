import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Notification } from '../domain/notification.js';
import type { ChannelKind, NotificationState } from '../domain/vocabulary.js';

/** A notification; one per update, recipient and channel. */
@Entity('notification')
export class NotificationRecord implements Notification, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { name: 'update_id' })
  updateId!: string;

  @Column('text', { name: 'subscriber_id' })
  subscriberId!: string;

  @Column('text')
  channel!: ChannelKind;

  @Column('text')
  key!: string;

  @Column('text')
  state!: NotificationState;

  @Column('int')
  tries!: number;

  @Column('boolean')
  underway!: boolean;

  @Column('int')
  fencing!: number;

  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt!: Date | null;

  @Column('boolean', { name: 'may_be_repeated' })
  mayBeRepeated!: boolean;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column('timestamptz', { name: 'queued_at' })
  queuedAt!: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
