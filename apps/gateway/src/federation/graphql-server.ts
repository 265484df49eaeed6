import './telemetry-off.js';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from 'pino';
import type { OperationContext } from '../identity/session.js';
import { maskError } from './masked-error.js';

/** The part of a GraphQL server that runs queries and mutations, over HTTP and over sockets alike. */
export type GraphqlServer = ApolloServer<OperationContext>;

/** Starts Apollo Server over Apollo's gateway and the composed supergraph. No subgraph needs to be up for it. */
export async function startGraphqlServer(options: {
  supergraphSdl: string;
  sourceOf: (subgraph: string) => GraphQLDataSource;
  production: boolean;
  log: Logger;
}): Promise<GraphqlServer> {
  const { supergraphSdl, sourceOf, production, log } = options;
  const gateway = new ApolloGateway({
    supergraphSdl,
    validateSupergraph: false,
    buildService: ({ name }) => sourceOf(name),
    __exposeQueryPlanExperimental: false,
    logger: log,
  });
  const server = new ApolloServer<OperationContext>({
    gateway,
    logger: log,
    nodeEnv: production ? 'production' : 'development',
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (formatted) => maskError(formatted, log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}
