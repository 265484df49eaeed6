/** The gateway's limits, all on by default. Each refusal has a stable code, listed in the README. */
export const LIMITS = {
  /** Body of a GraphQL request, bytes. Above: 413 PAYLOAD_TOO_LARGE, before parsing. */
  graphqlBodyBytes: 100 * 1024,
  /** Body of a forwarded request (`/hooks/*`, `/public/*`), bytes. Above: 413 PAYLOAD_TOO_LARGE. */
  publicBodyBytes: 2 * 1024 * 1024,
  /** One message on a WebSocket, bytes. Above: close 1009. */
  socketMessageBytes: 64 * 1024,
  /** How long a WebSocket may stay without `connection_init`, milliseconds. Then: close 4408. */
  socketInitMs: 3_000,
  /** Pause between pings on a WebSocket, milliseconds; a client that does not answer within the same time is dropped. */
  socketPingMs: 12_000,
  /** Subscriptions at the same time on one WebSocket. Above: SUBSCRIPTION_LIMIT. */
  socketSubscriptions: 50,
  /** Subscriptions at the same time of one actor, over all sockets and event streams of this process. Above: SUBSCRIPTION_LIMIT. */
  actorSubscriptions: 200,
  /** One call to a subgraph, milliseconds until its answer is read. Above: SUBGRAPH_UNAVAILABLE. */
  subgraphCallMs: 5_000,
  /** A subgraph's answer, bytes. Above: SUBGRAPH_UNAVAILABLE. */
  subgraphAnswerBytes: 16 * 1024 * 1024,
  /** Events that wait for one subscriber. While it is full the broker is not read. */
  streamBuffer: 256,
  /** How long a full buffer may stay untouched by its subscriber, milliseconds. Then: SUBSCRIPTION_OVERFLOW. */
  streamStallMs: 5_000,
  /** How long an event waits for the subgraph that decides whether it may be seen, milliseconds. Then: SUBSCRIPTION_INTERRUPTED. */
  streamPatienceMs: 15_000,
  /** Events a subscription remembers as sent, to drop what the broker stores twice. */
  streamMemory: 10_000,
  /** Subscription plans kept per schema. */
  streamPlans: 1_000,
  /** How long a shutdown waits for requests under way, milliseconds. */
  drainMs: 8_000,
} as const;

/** The limits' shape, for tests that need smaller ones. */
export type Limits = { readonly [Name in keyof typeof LIMITS]: number };
