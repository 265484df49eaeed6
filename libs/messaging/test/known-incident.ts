import { incidentAcknowledgedV1, incidentAnnotatedV1 } from '@graphdesk/contracts';
import { isolateByTenant } from '@graphdesk/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { reaction, type Reaction } from '../src/index.js';

/** What the reader knows of an incident. It counts, so an event that is projected twice, left out or too early shows. */
@Entity('known_incident')
export class KnownIncidentRecord {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  events!: number;

  @Column('int', { name: 'last_version' })
  lastVersion!: number;
}

export const KNOWN_INCIDENT = `
CREATE TABLE probe.known_incident (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  events int NOT NULL,
  last_version int NOT NULL
);
${isolateByTenant('probe', 'known_incident', { app: 'SELECT, INSERT, UPDATE' })}`;

const count: Reaction['handle'] = async (event, tx) => {
  const { subject: id, tenantid: tenantId, subjectversion: lastVersion } = event;
  const known = await tx.findOneBy(KnownIncidentRecord, { id });
  await tx.upsert(KnownIncidentRecord, { id, tenantId, events: (known?.events ?? 0) + 1, lastVersion }, ['id']);
};

/** The only writer of known incidents. */
export const projecting: readonly Reaction[] = [
  reaction(incidentAcknowledgedV1, count),
  reaction(incidentAnnotatedV1, count),
];
