import { ShadowTables, type RecordClass } from '@graphdesk/database';
import { openHistory, Rebuild, type Reacts, type RebuildResult } from '@graphdesk/messaging';
import { inertApp } from './inert-app.js';
import type { SubgraphDefinition } from './subgraph-app.js';

const REPORT_EVERY_MS = 1_000;
/** Postgres's code for a right that a role does not have. */
const NOT_ALLOWED = '42501';

/**
 * The command `rebuild`: fills the service's projections anew while it runs, and returns what was wrong with them. Needs
 * OWNER_DATABASE_URL and NATS_URL; the services whose events are projected must run. Changes nothing when it rejects.
 */
export async function rebuildProjections(
  definition: SubgraphDefinition,
  environment: NodeJS.ProcessEnv,
  tell: (progress: string) => void,
): Promise<RebuildResult> {
  const { name } = definition;
  const url = required(environment, 'OWNER_DATABASE_URL');
  const natsUrl = required(environment, 'NATS_URL');
  const app = await inertApp(definition);
  const reacting = definition.reactions.map((reacts): Reacts => app.get(reacts));
  await app.close();
  const projectors = reacting.filter(({ projects = [] }) => projects.length > 0);
  if (projectors.length === 0)
    throw new Error(`${name} has no projections: it keeps nothing that follows from events alone`);

  const records = [...new Set(projectors.flatMap(({ projects = [] }) => projects))];
  const producers = await openHistory({ url: natsUrl, name: `${name}-rebuild` });
  try {
    const shadows = await openShadows({ url, schema: name, records });
    try {
      let toldAt = -Infinity;
      const rebuild = new Rebuild(
        name,
        shadows,
        producers.history,
        projectors.flatMap(({ reactions }) => reactions),
        (progress) => {
          if (performance.now() - toldAt < REPORT_EVERY_MS) return;
          toldAt = performance.now();
          tell(`${name}: ${progress.replayed} of ${progress.expected} events replayed`);
        },
      );
      return await rebuild.run();
    } finally {
      await shadows.close();
    }
  } finally {
    await producers.close();
  }
}

/** What a rebuild found, for people: one line per table. */
export function describeRebuild(name: string, { events, tables }: RebuildResult): string {
  const lines = tables.map(
    ({ table, added, corrected, removed }) => `  ${table}: ${added} added, ${corrected} corrected, ${removed} removed`,
  );
  return [`${name}: complete, ${events} events replayed`, ...lines].join('\n');
}

async function openShadows(options: { url: string; schema: string; records: RecordClass[] }): Promise<ShadowTables> {
  try {
    return await ShadowTables.open(options);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== NOT_ALLOWED) throw cause;
    const grant = `GRANT TEMPORARY ON DATABASE … TO ${options.schema}_owner`;
    throw new Error(`the owner role may not make temporary tables: ${grant}`, { cause });
  }
}

function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`rebuild needs ${name}`);
  return value;
}
