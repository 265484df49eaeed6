import { appDataSource, enginePool } from '@graphdesk/database';
import { systemClock } from '@graphdesk/decisions';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger } from './logger.js';
import { buildApp, type SubgraphDefinition } from './subgraph-app.js';

/** What a command prints on stdout is its result alone. */
export const STDERR = 2;

/** The application with nothing behind it, for what follows from the code alone. It opens no connection and must not be asked to. */
export function inertApp(definition: SubgraphDefinition): Promise<NestFastifyApplication> {
  const nowhere = { url: 'postgres://nobody@127.0.0.1:1/none', schema: definition.name };
  return buildApp(definition, {
    dataSource: appDataSource({ ...nowhere, records: [], poolSize: 2 }),
    engine: enginePool(nowhere),
    clock: systemClock,
    logger: createLogger(definition.name, 'error', STDERR),
    envelopeKeys: [],
  });
}
