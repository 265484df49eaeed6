import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A tenant that the catalog told of. */
@Entity('known_tenant')
export class KnownTenantRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;
}
