import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LinkReason } from '../domain/vocabulary.js';

/** An incident's place in a problem: the incident is the key, so it has one at most. */
@Entity('problem_incident')
export class ProblemIncidentRecord {
  @PrimaryColumn('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'problem_id' })
  problemId!: string;

  @Column('text')
  reason!: LinkReason;

  @Column('timestamptz', { name: 'linked_at' })
  linkedAt!: Date;
}
