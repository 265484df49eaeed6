import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One entry per event, written by the write path; read here. */
@Entity('timeline_entry')
export class TimelineEntryRecord {
  @PrimaryColumn('text', { name: 'event_id' })
  eventId!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'aggregate_id' })
  aggregateId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  kind!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text', { name: 'actor_id' })
  actorId!: string;

  @Column('jsonb')
  detail!: Readonly<Record<string, unknown>>;
}
