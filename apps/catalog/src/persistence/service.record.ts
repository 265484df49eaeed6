import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Service, Tier } from '../domain/service.js';

@Entity('service')
export class ServiceRecord implements Service, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  key!: string;

  @Column('text')
  name!: string;

  @Column('text')
  tier!: Tier;

  @Column('text', { array: true })
  environments!: readonly string[];

  @Column('text', { name: 'owner_team_id', nullable: true })
  ownerTeamId!: string | null;

  @Column('text', { name: 'accountable_person_id', nullable: true })
  accountablePersonId!: string | null;

  @Column('text', { name: 'depends_on', array: true })
  dependsOn!: readonly string[];
}
