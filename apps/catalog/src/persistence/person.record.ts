import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody of the tenant; the id is the subject of their tokens. */
@Entity('person')
export class PersonRecord implements Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  name!: string;

  /** Null when none is known, as of people who were imported. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { name: 'team_ids', array: true })
  teamIds!: string[];
}
