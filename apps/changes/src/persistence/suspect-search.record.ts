import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DismissedChange, SuspectSearch } from '../domain/suspect-search.js';

@Entity('suspect_search')
export class SuspectSearchRecord implements SuspectSearch, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('jsonb')
  dismissed!: readonly DismissedChange[];
}
