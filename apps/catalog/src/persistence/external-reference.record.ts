import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The kinds of things that are imported into the catalog. */
export type ReferencedKind = 'person' | 'team';

/** What another system calls somebody or a team of ours. */
@Entity('external_reference')
export class ExternalReferenceRecord {
  @PrimaryColumn('text', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('text')
  system!: string;

  @PrimaryColumn('text')
  kind!: ReferencedKind;

  @PrimaryColumn('text', { name: 'external_id' })
  externalId!: string;

  @Column('text', { name: 'aggregate_id' })
  aggregateId!: string;
}
