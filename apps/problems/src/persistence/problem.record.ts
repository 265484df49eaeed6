import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Problem } from '../domain/problem.js';
import type { ProblemOrigin, ProblemState, ResolutionCode } from '../domain/vocabulary.js';

@Entity('problem')
export class ProblemRecord implements Problem, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('int')
  number!: number;

  @Column('text')
  title!: string;

  @Column('text')
  state!: ProblemState;

  @Column('text')
  origin!: ProblemOrigin;

  @Column('text', { name: 'service_id', nullable: true })
  serviceId!: string | null;

  @Column('text', { nullable: true })
  signature!: string | null;

  @Column('text', { nullable: true })
  symptom!: string | null;

  @Column('text', { name: 'root_cause', nullable: true })
  rootCause!: string | null;

  @Column('text', { nullable: true })
  workaround!: string | null;

  @Column('text', { name: 'resolution_code', nullable: true })
  resolutionCode!: ResolutionCode | null;

  @Column('text', { name: 'resolution_notes', nullable: true })
  resolutionNotes!: string | null;

  @Column('text', { name: 'external_system', nullable: true })
  externalSystem!: string | null;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('timestamptz', { name: 'raised_at' })
  raisedAt!: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}
