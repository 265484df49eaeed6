import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ServiceTier } from '../../domain/vocabulary.js';

/** What incidents needs of a service: how it is called in alerts, how much depends on it, who is accountable. */
@Entity('catalog_service')
export class ServiceRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  key!: string;

  @Column('text')
  name!: string;

  @Column('text')
  tier!: ServiceTier;

  @Column('text', { name: 'accountable_person_id', nullable: true })
  accountablePersonId!: string | null;

  @Column('text', { name: 'depends_on', array: true })
  dependsOn!: string[];
}
