import type { EventEnvelope } from '@graphdesk/contracts';
import type { ExecutionResult } from 'graphql';
import { executeForEvent, type EventExecution } from './event-execution.js';
import { VISIBILITY_PROBE, type StreamField } from './stream-fields.js';
import type { StreamPlan, StreamPlanner } from './stream-planner.js';

/**
 * `pass`: the subscriber may see the entity and asked for it. `drop`: not. `wait`: a service that decides is down.
 * `unclear`: the service that decides failed; nothing of the event may be shown.
 */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'unclear'; readonly errors: NonNullable<ExecutionResult['errors']> };

const REFUSALS = new Set<unknown>(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED', 'NOT_ALLOWED']);

/** Decides for one subscription which events reach its subscriber, by the event and by the entity as the subscriber sees it. */
export class EventGate {
  readonly #field: StreamField;
  readonly #arguments: Readonly<Record<string, unknown>>;
  readonly #plan: StreamPlan;
  readonly #deciders: ReadonlySet<unknown>;

  constructor(field: StreamField, args: Readonly<Record<string, unknown>>, planner: StreamPlanner) {
    this.#field = field;
    this.#arguments = args;
    const filters = Object.keys(args).flatMap((name) => field.byEntity[name] ?? []);
    const selection = [VISIBILITY_PROBE, ...filters.map((filter) => filter.selection)].join(' ');
    this.#plan = planner.planText(`subscription { ${field.name} { ${field.entityField} { ${selection} } } }`);
    this.#deciders = new Set([field.service, ...filters.flatMap((filter) => filter.answeredBy)]);
  }

  async judge(event: EventEnvelope, execution: EventExecution): Promise<Verdict> {
    const wanted = Object.entries(this.#arguments);
    if (wanted.some(([name, value]) => this.#field.byEvent[name]?.(event.data, value) === false))
      return { kind: 'drop' };
    const { data, errors = [] } = await executeForEvent(this.#plan, this.#field, event, execution);
    const payload = data?.[this.#field.name] as Record<string, Record<string, unknown> | null> | null | undefined;
    const entity = payload?.[this.#field.entityField];
    const fits =
      entity != null && wanted.every(([name, value]) => this.#field.byEntity[name]?.matches(entity, value) !== false);
    if (fits) return { kind: 'pass' };
    const failures = errors.filter(({ extensions }) => !REFUSALS.has(extensions.code));
    const down = failures.some(
      ({ extensions }) => extensions.code === 'SUBGRAPH_UNAVAILABLE' && this.#deciders.has(extensions.serviceName),
    );
    if (down) return { kind: 'wait' };
    return failures.length > 0 ? { kind: 'unclear', errors: failures } : { kind: 'drop' };
  }
}
