import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What this service needs to know of the catalog's services. */
@Entity('known_service')
export class KnownServiceRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  /** What deployments call it. */
  @Column('text')
  key!: string;

  @Column('text', { name: 'depends_on', array: true })
  dependsOn!: string[];
}
