import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What communications need to know of an incident. Parts are null until the event that tells them has come. */
@Entity('incident')
export class IncidentRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int', { nullable: true })
  number!: number | null;

  @Column('text', { nullable: true })
  title!: string | null;

  @Column('text', { nullable: true })
  priority!: 'P1' | 'P2' | 'P3' | 'P4' | null;

  @Column('text', { name: 'service_id', nullable: true })
  serviceId!: string | null;

  @Column('boolean', { default: false })
  imported!: boolean;

  @Column('text', { default: 'OPEN' })
  phase!: 'OPEN' | 'RESOLVED' | 'OVER';

  @Column('timestamptz', { name: 'declared_at', nullable: true })
  declaredAt!: Date | null;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null;

  @Column('timestamptz', { name: 'rollback_accepted_at', nullable: true })
  rollbackAcceptedAt!: Date | null;
}
