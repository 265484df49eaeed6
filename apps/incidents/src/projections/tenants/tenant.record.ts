import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What incidents needs of a tenant: who owns what has no accountable person. */
@Entity('catalog_tenant')
export class TenantRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'service_desk_lead_id', nullable: true })
  serviceDeskLeadId!: string | null;
}
