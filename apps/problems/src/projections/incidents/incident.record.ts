import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What problems need to know of an incident. */
@Entity('incident')
export class IncidentRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'service_id', nullable: true })
  serviceId!: string | null;

  @Column('text', { nullable: true })
  signature!: string | null;

  @Column('timestamptz', { name: 'declared_at' })
  declaredAt!: Date;

  /** A canceled incident was none, so it is no recurrence either. */
  @Column('boolean')
  canceled!: boolean;
}
