import type { IdKind } from '@graphdesk/contracts';

type Argument = unknown;
type Entity = Readonly<Record<string, unknown>>;

/** Decides an argument by the state of the entity when the event is delivered. */
export interface EntityFilter {
  /** What must be known of the entity, as a GraphQL selection. While a subgraph that answers a part of it is down the event waits. */
  readonly selection: string;
  readonly matches: (entity: Entity, argument: Argument) => boolean;
}

/** Decides an argument by what the event itself says. */
export type EventFilter = (data: unknown, argument: Argument) => boolean;

/** How one subscription field follows from the event stream. */
export interface StreamField {
  /** The field of `Subscription`, declared in events.graphql. */
  readonly name: string;
  /** The field of the payload that holds the entity, and the entity's type. */
  readonly entityField: string;
  readonly entityType: string;
  /** The events: all of one aggregate type of one service, or only those with one name. */
  readonly service: string;
  readonly aggregateType: string;
  readonly eventName?: string;
  /** The argument that names one aggregate, and what its value must look like. It narrows what is read from the stream. */
  readonly idArgument?: { readonly name: string; readonly kind: IdKind };
  readonly byEvent: Readonly<Record<string, EventFilter>>;
  readonly byEntity: Readonly<Record<string, EntityFilter>>;
}

/**
 * A field of every entity that its owner alone can answer. An event is sent only when the owner answers it to this
 * subscriber, so even the bare id stays hidden from those who may not see the entity.
 */
export const VISIBILITY_PROBE = 'revision';

const idOf = (value: unknown): unknown => (value as { id?: unknown } | null | undefined)?.id;

/** Every subscription of the graph. A new one is an entry here and a field in events.graphql. */
export const STREAM_FIELDS: readonly StreamField[] = [
  {
    name: 'incidentChanged',
    entityField: 'incident',
    entityType: 'Incident',
    service: 'incidents',
    aggregateType: 'incident',
    idArgument: { name: 'id', kind: 'incident' },
    byEvent: {},
    byEntity: {
      serviceId: {
        selection: 'service { id }',
        matches: (incident, serviceId) => idOf(incident.service) === serviceId,
      },
      priority: {
        selection: 'priority',
        matches: (incident, priorities) => (priorities as unknown[]).includes(incident.priority),
      },
    },
  },
  {
    name: 'changeChanged',
    entityField: 'change',
    entityType: 'Change',
    service: 'changes',
    aggregateType: 'change',
    idArgument: { name: 'id', kind: 'change' },
    byEvent: {},
    byEntity: {
      serviceId: {
        selection: 'services { id }',
        matches: (change, serviceId) => (change.services as unknown[]).some((service) => idOf(service) === serviceId),
      },
    },
  },
  {
    name: 'rollbackSuggested',
    entityField: 'suggestion',
    entityType: 'RollbackSuggestion',
    service: 'changes',
    aggregateType: 'rollback-suggestion',
    eventName: 'rollback-suggested',
    byEvent: { incidentId: (data, incidentId) => (data as { incidentId?: unknown }).incidentId === incidentId },
    byEntity: {
      serviceId: {
        selection: 'incident { service { id } }',
        matches: (suggestion, serviceId) =>
          idOf((suggestion.incident as { service?: unknown } | null)?.service) === serviceId,
      },
    },
  },
];

/** The subscription field of that name. */
export function streamField(name: string): StreamField | undefined {
  return STREAM_FIELDS.find((field) => field.name === name);
}
