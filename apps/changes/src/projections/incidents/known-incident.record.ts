import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Priority } from '../../domain/vocabulary.js';

/** Whether suspects of an incident are looked for: OPEN until its service is restored. IMPORTED is history, in whatever state: never. */
export type KnownIncidentState = 'OPEN' | 'IMPORTED' | 'RESOLVED' | 'CLOSED' | 'CANCELED';

/** What this service needs to know of incidents. */
@Entity('known_incident')
export class KnownIncidentRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'service_id', nullable: true })
  serviceId!: string | null;

  @Column('text', { nullable: true })
  environment!: string | null;

  @Column('text')
  priority!: Priority;

  @Column('timestamptz', { name: 'detected_at' })
  detectedAt!: Date;

  @Column('text')
  state!: KnownIncidentState;
}
