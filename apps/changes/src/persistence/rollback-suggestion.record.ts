import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RollbackSuggestion } from '../domain/rollback-suggestion.js';
import type { RollbackState } from '../domain/vocabulary.js';

@Entity('rollback_suggestion')
export class RollbackSuggestionRecord implements RollbackSuggestion, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { name: 'suspected_change_id' })
  suspectedChangeId!: string;

  @Column('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('text', { name: 'change_id' })
  changeId!: string;

  @Column('int', { name: 'change_number' })
  changeNumber!: number;

  @Column('text')
  state!: RollbackState;

  @Column('text')
  reason!: string;

  @Column('timestamptz', { name: 'suggested_at', nullable: true })
  suggestedAt!: Date | null;

  @Column('text', { name: 'rollback_change_id', nullable: true })
  rollbackChangeId!: string | null;

  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
}
