import { systemClock } from '@graphdesk/decisions';
import { appDataSource, enginePool } from '@graphdesk/database';
import { printSubgraphSchema } from '@apollo/subgraph';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { createLogger } from './logger.js';
import { migrateSchema } from './connect-database.js';
import { startSubgraph } from './start-subgraph.js';
import { buildApp, type SubgraphDefinition } from './subgraph-app.js';

/** What a command prints on stdout is its result alone. */
const STDERR = 2;

/**
 * A service's command line, the whole of its `main.ts`:
 * no argument starts it; `migrate` brings the schema up to date with OWNER_DATABASE_URL and ends; `schema` prints the subgraph's
 * SDL with its federation directives and needs neither database nor broker.
 */
export async function runSubgraph(definition: SubgraphDefinition): Promise<void> {
  const [command = 'start'] = process.argv.slice(2);
  try {
    if (command === 'start') await serve(definition);
    else if (command === 'migrate') await migrateOnly(definition);
    else if (command === 'schema') process.stdout.write(`${await printSchema(definition)}\n`);
    else throw new Error(`unknown command ${command}: start (default), migrate or schema`);
  } catch (error) {
    createLogger(definition.name, 'error', STDERR).fatal({ err: error }, `${definition.name} could not ${command}`);
    process.exitCode = 1;
    setImmediate(() => process.exit());
  }
}

async function serve(definition: SubgraphDefinition): Promise<void> {
  const running = await startSubgraph(definition);
  const stop = (): void => {
    void running.stop().finally(() => process.exit());
  };
  void running.broken.then(() => {
    createLogger(definition.name, 'error').fatal(
      'the broker closed the connection for good; ending, to be started anew',
    );
    process.exitCode = 1;
    stop();
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function migrateOnly(definition: SubgraphDefinition): Promise<void> {
  const url = process.env['OWNER_DATABASE_URL'];
  if (!url) throw new Error('migrate needs OWNER_DATABASE_URL');
  await migrateSchema(definition, url, createLogger(definition.name, 'info'));
}

/** The subgraph's SDL with its federation directives, as composition takes it. Opens no connection. */
export async function printSchema(definition: SubgraphDefinition): Promise<string> {
  const nowhere = { url: 'postgres://nobody@127.0.0.1:1/none', schema: definition.name };
  const app = await buildApp(definition, {
    dataSource: appDataSource({ ...nowhere, records: [], poolSize: 2 }),
    engine: enginePool(nowhere),
    clock: systemClock,
    logger: createLogger(definition.name, 'error', STDERR),
    envelopeKeys: [],
  });
  await app.init();
  const { schema } = app.get(GraphQLSchemaHost);
  await app.close();
  return printSubgraphSchema(schema);
}
