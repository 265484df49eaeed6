import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { Clock } from '@graphdesk/decisions';
import { TenantDatabase, type MigrationClass, type RecordClass } from '@graphdesk/database';
import type { EnvelopeKey } from '@graphdesk/identity';
import { DeadLetters, Outbox, type Reacts } from '@graphdesk/messaging';
import type { HandlesTimers } from '@graphdesk/timers';
import { ApolloFederationDriver, type ApolloFederationDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule, type Federation2Config } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { enforceAccess } from './access.js';
import { DateTimeScalar } from './date-time.scalar.js';
import { deadLettersResolver } from './dead-letters.resolver.js';
import { BODY_LIMIT_BYTES, requireEnvelope } from './envelope.hook.js';
import { errorMapper } from './graphql-errors.js';
import { HttpErrorFilter, unreadable } from './http-error.filter.js';
import { nestLogger } from './logger.js';
import type { RequestContext } from './request-context.js';

/** Injection tokens for what has no class of its own. */
export const CLOCK = Symbol('Clock');
export const ENGINE_POOL = Symbol('EnginePool');
export const LOGGER = Symbol('Logger');

/** The federation version that both Apollo's and the MIT-licensed composition know, and the directives that we use of it. */
const FEDERATION: Federation2Config = {
  version: 2,
  importUrl: 'https://specs.apollo.dev/federation/v2.9',
  directives: ['@key', '@shareable', '@external', '@provides', '@requires', '@inaccessible', '@tag'],
};

/** A service, as data: everything that its start, its migrations and its schema are made from. */
export interface SubgraphDefinition {
  /** The service's name: also its Postgres schema, its audience and its part of event types. */
  readonly name: string;
  /** The service's one wiring list. */
  readonly module: Type;
  readonly records: readonly RecordClass[];
  /** In order; each class name ends in 13 digits. */
  readonly migrations: readonly MigrationClass[];
  /** Providers of the module that listen to events: reactions and projectors. */
  readonly reactions: readonly Type<Reacts>[];
  /** Providers of the module that do what is due; the service's migrations then include `timerTable`. */
  readonly timers?: readonly Type<HandlesTimers>[];
  /** Types that only other services refer to: without a field of ours that returns them they would not be in the schema. */
  readonly orphanedTypes?: readonly Type[];
  /** Throws for a missing or wrong setting that this service alone has; called before anything is opened. */
  readonly checkSettings?: (environment: NodeJS.ProcessEnv) => void;
}

/** What the application is built around. */
export interface SubgraphResources {
  readonly dataSource: DataSource;
  readonly engine: Pool;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly envelopeKeys: readonly EnvelopeKey[];
}

/** Builds the Nest application without starting anything: no connection is opened, so the schema can be printed anywhere. */
export async function buildApp(
  definition: SubgraphDefinition,
  resources: SubgraphResources,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    // A path that is no URL meets no hook and no filter.
    frameworkErrors: (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      void reply.code(400).send(unreadable(request.url)),
  });
  requireEnvelope(adapter.getInstance(), definition.name, resources.envelopeKeys);
  const app = await NestFactory.create<NestFastifyApplication>(rootModule(definition, resources), adapter, {
    bodyParser: false,
    logger: nestLogger(resources.logger),
    abortOnError: false,
  });
  return app.useGlobalFilters(new HttpErrorFilter(resources.logger));
}

function rootModule(definition: SubgraphDefinition, resources: SubgraphResources): DynamicModule {
  const database = new TenantDatabase(resources.dataSource);
  const providers = [
    { provide: TenantDatabase, useValue: database },
    { provide: Outbox, useValue: new Outbox(database) },
    { provide: DeadLetters, useValue: new DeadLetters(database, resources.engine, resources.logger) },
    { provide: CLOCK, useValue: resources.clock },
    { provide: ENGINE_POOL, useValue: resources.engine },
    { provide: LOGGER, useValue: resources.logger },
  ];
  const platform: DynamicModule = { module: PlatformModule, global: true, providers, exports: providers };
  const graphql = GraphQLModule.forRoot<ApolloFederationDriverConfig>({
    driver: ApolloFederationDriver,
    autoSchemaFile: { federation: FEDERATION },
    graphiql: false,
    introspection: false,
    csrfPrevention: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    buildSchemaOptions: { orphanedTypes: [...(definition.orphanedTypes ?? [])] },
    transformSchema: enforceAccess,
    formatError: errorMapper(resources.logger),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    context: contextOf,
    hideSchemaDetailsFromClientErrors: true,
  });
  const shared = [DateTimeScalar, deadLettersResolver(definition.name)];
  return { module: RootModule, imports: [platform, graphql, definition.module], providers: shared };
}

/** GraphQL is for identified actors; an envelope without one is a forwarded webhook and has no business here. */
function contextOf(request: FastifyRequest): RequestContext {
  const envelope = request.envelope;
  if (!envelope?.actor) {
    throw new GraphQLError('the request names no actor', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
  }
  return { actor: envelope.actor, correlationId: envelope.correlationId };
}

@Module({})
class PlatformModule {}

@Module({})
class RootModule {}
