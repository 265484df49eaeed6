import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What incidents needs of a team: that there is one. */
@Entity('catalog_team')
export class TeamRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;
}
