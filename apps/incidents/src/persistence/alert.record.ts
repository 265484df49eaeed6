import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KnownEpisode } from '../domain/alert-episodes.js';
import type { AlertStatus, Severity } from '../domain/vocabulary.js';

/** One episode of an alert, as its source told of it. */
@Entity('alert')
export class AlertRecord implements KnownEpisode {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'source_id' })
  sourceId!: string;

  /** Null when it was over before we heard of it. */
  @Column('text', { name: 'incident_id', nullable: true })
  incidentId!: string | null;

  /** The source's own key of the alert. */
  @Column('text')
  fingerprint!: string;

  @Column('text')
  name!: string;

  @Column('text')
  status!: AlertStatus;

  @Column('text')
  severity!: Severity;

  @Column('jsonb')
  labels!: Readonly<Record<string, string>>;

  @Column('jsonb')
  annotations!: Readonly<Record<string, string>>;

  @Column('text', { name: 'generator_url', nullable: true })
  generatorUrl!: string | null;

  @Column('timestamptz', { name: 'starts_at' })
  startsAt!: Date;

  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt!: Date | null;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date;

  /** The delivery that first told of it; its body is kept as it came. */
  @Column('text', { name: 'delivery_digest' })
  deliveryDigest!: string;
}
