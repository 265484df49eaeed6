import type { EventEnvelope } from '@graphdesk/contracts';
import { executeForEvent, type EventExecution } from './event-execution.js';
import { VISIBILITY_PROBE, type StreamField } from './stream-fields.js';
import type { StreamPlan, StreamPlanner } from './stream-planner.js';

/**
 * `pass`: the subscriber may see the entity and asked for it. `drop`: not. `wait`: what decides could not say, so nothing of
 * the event may be shown and it may not be passed over either.
 */
export type Verdict = 'pass' | 'drop' | 'wait';

/** A decider that says one of these has decided; any other error means that it could not. */
const REFUSALS = new Set<unknown>(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED', 'NOT_ALLOWED']);

/** Decides for one subscription which events reach its subscriber, by the event and by the entity as the subscriber sees it. */
export class EventGate {
  readonly #field: StreamField;
  readonly #arguments: Readonly<Record<string, unknown>>;
  readonly #plan: StreamPlan;

  constructor(field: StreamField, args: Readonly<Record<string, unknown>>, planner: StreamPlanner) {
    this.#field = field;
    this.#arguments = args;
    const filters = Object.keys(args).flatMap((name) => field.byEntity[name] ?? []);
    const selection = [VISIBILITY_PROBE, ...filters.map((filter) => filter.selection)].join(' ');
    this.#plan = planner.planText(`subscription { ${field.name} { ${field.entityField} { ${selection} } } }`);
  }

  async judge(event: EventEnvelope, execution: EventExecution): Promise<Verdict> {
    const wanted = Object.entries(this.#arguments);
    if (wanted.some(([name, value]) => this.#field.byEvent[name]?.(event.data, value) === false)) return 'drop';
    const { data, errors = [] } = await executeForEvent(this.#plan, this.#field, event, execution);
    const payload = data?.[this.#field.name] as Record<string, Record<string, unknown> | null> | null | undefined;
    const entity = payload?.[this.#field.entityField];
    const fits =
      entity != null && wanted.every(([name, value]) => this.#field.byEntity[name]?.matches(entity, value) !== false);
    if (fits) return 'pass';
    // The plan asks nobody but deciders, so every error here is one of theirs.
    return errors.every(({ extensions }) => REFUSALS.has(extensions.code)) ? 'drop' : 'wait';
  }
}
