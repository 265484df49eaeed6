import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Subscriber } from '../domain/subscriber.js';
import type { Audience } from '../domain/vocabulary.js';

/** Somebody on the list, or who was on it: without the address then. */
@Entity('subscriber')
export class SubscriberRecord implements Subscriber, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text')
  audience!: Audience;

  @Column('text', { name: 'service_ids', array: true, nullable: true })
  serviceIds!: readonly string[] | null;

  @Column('timestamptz', { name: 'added_at' })
  addedAt!: Date;

  @Column('timestamptz', { name: 'removed_at', nullable: true })
  removedAt!: Date | null;
}
