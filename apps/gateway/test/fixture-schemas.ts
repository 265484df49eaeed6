import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", "@requires", "@external", "@shareable"])`;

/** Small subgraphs with the entities that the events graph points at. */
export const FIXTURE_SDL = {
  catalog: `${federation}
    type Query { services: [Service!]! }
    type Service @key(fields: "id") { id: ID! name: String! }`,
  incidents: `${federation}
    type Query { incident(id: ID!): Incident  incidents: [Incident!]!  fails: Int }
    type Mutation { renameIncident(id: ID!, title: String!): Incident }
    enum Priority { P1 P2 P3 P4 }
    type Service @key(fields: "id", resolvable: false) { id: ID! }
    type Incident @key(fields: "id") { id: ID! title: String! revision: Int! priority: Priority! service: Service }`,
  sla: `${federation}
    enum Priority { P1 P2 P3 P4 }
    type Clock { name: String! breached: Boolean! }
    type Incident @key(fields: "id") {
      id: ID!
      priority: Priority! @external
      clocks: [Clock!]
      target: String @requires(fields: "priority")
      paused: Boolean
    }`,
  changes: `${federation}
    type Query { change(id: ID!): Change }
    type Service @key(fields: "id", resolvable: false) { id: ID! }
    type Incident @key(fields: "id", resolvable: false) { id: ID! }
    type Change @key(fields: "id") { id: ID! title: String! revision: Int! services: [Service!]! }
    type RollbackSuggestion @key(fields: "id") { id: ID! revision: Int! reason: String! incident: Incident! }`,
} as const;

export type FixtureName = keyof typeof FIXTURE_SDL;

/** The fixture subgraphs and the real events graph, composed. */
export function fixtureSupergraph(): string {
  const events = readFileSync(new URL('../src/streams/events.graphql', import.meta.url), 'utf8');
  const result = composeServices(
    Object.entries({ ...FIXTURE_SDL, events }).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(sdl),
    })),
  );
  if (result.errors) throw new AggregateError(result.errors, result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}
