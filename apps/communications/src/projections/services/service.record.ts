import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What communications need to know of a service. */
@Entity('service')
export class ServiceRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  name!: string;
}
