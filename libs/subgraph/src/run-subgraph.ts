import { printSubgraphSchema } from '@apollo/subgraph';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { migrateSchema } from './connect-database.js';
import { inertApp, STDERR } from './inert-app.js';
import { createLogger } from './logger.js';
import { describeRebuild, rebuildProjections } from './rebuild-projections.js';
import { startSubgraph } from './start-subgraph.js';
import type { SubgraphDefinition } from './subgraph-app.js';

/**
 * A service's command line, the whole of its `main.ts`:
 * no argument starts it; `migrate` brings the schema up to date with OWNER_DATABASE_URL and ends; `rebuild` fills the
 * projections anew beside the running service and ends when they are complete; `schema` prints the subgraph's SDL with its federation
 * directives and needs neither database nor broker.
 */
export async function runSubgraph(definition: SubgraphDefinition): Promise<void> {
  const [command = 'start'] = process.argv.slice(2);
  try {
    if (command === 'start') await serve(definition);
    else if (command === 'migrate') await migrateOnly(definition);
    else if (command === 'rebuild') await rebuildOnly(definition);
    else if (command === 'schema') process.stdout.write(`${await printSchema(definition)}\n`);
    else throw new Error(`unknown command ${command}: start (default), migrate, rebuild or schema`);
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

async function rebuildOnly(definition: SubgraphDefinition): Promise<void> {
  const tell = (progress: string): void => void process.stderr.write(`${progress}\n`);
  const result = await rebuildProjections(definition, process.env, tell);
  process.stdout.write(`${describeRebuild(definition.name, result)}\n`);
}

/** The subgraph's SDL with its federation directives, as composition takes it. Opens no connection. */
export async function printSchema(definition: SubgraphDefinition): Promise<string> {
  const app = await inertApp(definition);
  await app.init();
  const { schema } = app.get(GraphQLSchemaHost);
  await app.close();
  return printSubgraphSchema(schema);
}
