import { newId } from '@graphdesk/contracts';
import type { Actor } from '@graphdesk/identity';
import { GraphQLError } from 'graphql';
import type { FixtureName } from './fixture-schemas.js';

interface IncidentRow {
  id: string;
  tenantId: string;
  title: string;
  priority: string;
  serviceId: string;
  revision: number;
}

type Context = { actor: Actor | null };
type Key = { id: string };

/** What the fixture subgraphs know; specs change it at will. */
export class FixtureData {
  readonly incidents = new Map<string, IncidentRow>();
  readonly changes = new Map<string, { id: string; tenantId: string; title: string; serviceIds: string[] }>();
  readonly suggestions = new Map<string, { id: string; tenantId: string; reason: string; incidentId: string }>();

  addIncident(tenantId: string, row: Partial<IncidentRow> = {}): IncidentRow {
    const incident = {
      id: newId('incident'),
      tenantId,
      title: 'Queue lag',
      priority: 'P1',
      serviceId: newId('service'),
      revision: 1,
      ...row,
    };
    this.incidents.set(incident.id, incident);
    return incident;
  }

  addChange(tenantId: string, serviceIds: string[]): { id: string } {
    const change = { id: newId('change'), tenantId, title: 'Deploy 7', serviceIds };
    this.changes.set(change.id, change);
    return change;
  }

  addSuggestion(tenantId: string, incidentId: string): { id: string } {
    const suggestion = { id: newId('rollbackSuggestion'), tenantId, reason: 'P1, fresh deployment', incidentId };
    this.suggestions.set(suggestion.id, suggestion);
    return suggestion;
  }

  /** Resolvers of one subgraph; entities of another tenant, or outside a partner's scope, do not exist. */
  resolvers(name: FixtureName): Record<string, Record<string, unknown>> {
    return this.#all()[name];
  }

  #all(): Record<FixtureName, Record<string, Record<string, unknown>>> {
    const visible = ({ id }: Key, { actor }: Context): IncidentRow | null => {
      const row = this.incidents.get(id);
      const inScope = !actor?.serviceScope || (row && actor.serviceScope.includes(row.serviceId));
      return row && row.tenantId === actor?.tenantId && inScope ? row : null;
    };
    const ofTenant = <Row extends { tenantId: string }>(row: Row | undefined, { actor }: Context): Row | null =>
      row && row.tenantId === actor?.tenantId ? row : null;
    const service = (id: string): Key => ({ id });
    return {
      catalog: {
        Query: { services: () => [] },
        Service: { __resolveReference: ({ id }: Key) => ({ id, name: `service ${id.slice(-4)}` }) },
      },
      incidents: {
        Query: {
          incident: (_: unknown, key: Key, context: Context) => visible(key, context),
          incidents: (_: unknown, _args: unknown, context: Context) =>
            [...this.incidents.values()].filter((row) => visible(row, context)),
          fails: () => {
            throw new Error('SELECT secret FROM vault failed at /srv/incidents/db.js');
          },
        },
        Mutation: {
          renameIncident: (_: unknown, { id, title }: Key & { title: string }, context: Context) => {
            const row = visible({ id }, context);
            if (!row) throw new GraphQLError('No such incident.', { extensions: { code: 'NOT_FOUND' } });
            return Object.assign(row, { title });
          },
        },
        Incident: {
          __resolveReference: (key: Key, context: Context) => visible(key, context),
          service: ({ serviceId }: IncidentRow) => service(serviceId),
        },
      },
      sla: {
        Incident: {
          __resolveReference: (reference: Key & { priority?: string }) => reference,
          clocks: () => [{ name: 'resolution', breached: false }],
          target: ({ priority }: { priority?: string }) => `target of ${priority}`,
          paused: () => false,
        },
      },
      changes: {
        Query: { change: (_: unknown, { id }: Key, context: Context) => ofTenant(this.changes.get(id), context) },
        Change: {
          __resolveReference: ({ id }: Key, context: Context) => ofTenant(this.changes.get(id), context),
          revision: () => 1,
          services: ({ serviceIds }: { serviceIds: string[] }) => serviceIds.map(service),
        },
        RollbackSuggestion: {
          __resolveReference: ({ id }: Key, context: Context) => ofTenant(this.suggestions.get(id), context),
          revision: () => 1,
          incident: ({ incidentId }: { incidentId: string }) => ({ id: incidentId }),
        },
      },
    };
  }
}
