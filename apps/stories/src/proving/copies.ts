import type pg from 'pg';
import type { Copy } from './history.js';

interface Pair {
  readonly name: string;
  /** What the producer has, and what the reader knows of it: `id` and `content`. */
  readonly told: string;
  readonly known: string;
}

/** How `problems`, `changes` and `communications` call an incident's state. */
const PHASE = `CASE state WHEN 'RESOLVED' THEN 'RESOLVED' WHEN 'CLOSED' THEN 'OVER' WHEN 'CANCELED' THEN 'OVER' ELSE 'OPEN' END`;
const KNOWN_STATE = `CASE WHEN state IN ('RESOLVED', 'CLOSED', 'CANCELED') THEN state ELSE 'OPEN' END`;

const pair = (name: string, told: readonly [string, string], known: readonly [string, string]): Pair => ({
  name,
  told: `SELECT id, jsonb_build_array(${told[1]})::text AS content FROM ${told[0]}`,
  known: `SELECT id, jsonb_build_array(${known[1]})::text AS content FROM ${known[0]}`,
});

/** Every projection, beside the table that it copies. */
const PAIRS: readonly Pair[] = [
  pair(
    'changes knows incidents',
    ['incidents.incident', `service_id, environment, priority, ${KNOWN_STATE}`],
    ['changes.known_incident', 'service_id, environment, priority, state'],
  ),
  pair('changes knows services', ['catalog.service', 'key, depends_on'], ['changes.known_service', 'key, depends_on']),
  pair('changes knows tenants', ['catalog.tenant', 'id'], ['changes.known_tenant', 'id']),
  pair(
    'problems knows incidents',
    ['incidents.incident', "service_id, signature, declared_at, state = 'CANCELED'"],
    ['problems.incident', 'service_id, signature, declared_at, canceled'],
  ),
  pair('problems knows services', ['catalog.service', 'name'], ['problems.service', 'name']),
  pair(
    'communications knows incidents',
    ['incidents.incident', `number, title, priority, service_id, declared_at, ${PHASE}`],
    ['communications.incident', 'number, title, priority, service_id, declared_at, phase'],
  ),
  pair('communications knows services', ['catalog.service', 'name'], ['communications.service', 'name']),
  pair(
    'incidents knows services',
    ['catalog.service', 'key, name, tier, accountable_person_id, depends_on'],
    ['incidents.catalog_service', 'key, name, tier, accountable_person_id, depends_on'],
  ),
  pair('incidents knows people', ['catalog.person', 'name'], ['incidents.catalog_person', 'name']),
  pair(
    'incidents knows tenants',
    ['catalog.tenant', 'service_desk_lead_id'],
    ['incidents.catalog_tenant', 'service_desk_lead_id'],
  ),
];

/** Reads every projection and what it copies. */
export async function readCopies(client: pg.Client): Promise<readonly Copy[]> {
  const read = async (query: string): Promise<Record<string, string>> => {
    const { rows } = await client.query<{ id: string; content: string }>(query);
    return Object.fromEntries(rows.map((row) => [row.id, row.content]));
  };
  const copies: Copy[] = [];
  for (const { name, told, known } of PAIRS) {
    copies.push({ name, told: await read(told), known: await read(known) });
  }
  return copies;
}
