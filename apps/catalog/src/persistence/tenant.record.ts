import type { Aggregate } from '@graphdesk/subgraph';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Tenant } from '../domain/tenant.js';

/** One row per tenant; its id is the tenant's, so the row belongs to itself. */
@Entity('tenant')
export class TenantRecord implements Tenant, Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  name!: string;

  @Column('text', { name: 'service_desk_lead_id', nullable: true })
  serviceDeskLeadId!: string | null;
}
