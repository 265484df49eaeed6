import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What incidents needs of a person: that there is one. */
@Entity('catalog_person')
export class PersonRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  name!: string;
}
