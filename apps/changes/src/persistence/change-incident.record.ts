import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IncidentRelation } from '../domain/vocabulary.js';

/** What a change has to do with an incident, as another system states it. */
@Entity('change_incident')
export class ChangeIncidentRecord {
  @PrimaryColumn('text', { name: 'change_id' })
  changeId!: string;

  @PrimaryColumn('text', { name: 'incident_id' })
  incidentId!: string;

  @PrimaryColumn('text')
  relation!: IncidentRelation;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('timestamptz', { name: 'linked_at' })
  linkedAt!: Date;
}
