import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What happened to an aggregate, as a row of `timelineTable`: one entry per event, written with it and never changed. */
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
