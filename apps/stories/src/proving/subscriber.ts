import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Demo } from '../demo.js';
import type { Received, SubscriberJournal } from './history.js';
import type { Journal } from './journal.js';

/** What a subscriber asks for, and through which door. */
export interface Wish {
  readonly name: string;
  readonly role: string;
  readonly door: 'socket' | 'event-stream';
  readonly field: 'incidentChanged' | 'changeChanged';
  /** A service by its key in the demo tenant: only incidents of it. */
  readonly service?: string;
}

/** One message of a subscription: a result with its cursor, or the errors that end it. */
export interface Message {
  readonly data?: Readonly<Record<string, { readonly id: string; readonly revision: number }>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string; readonly resumeAfter?: string } }[];
  readonly extensions?: { readonly cursor?: string; readonly eventId?: string };
}

/** A way to hear of messages: resolves or rejects when the connection ends, for whatever reason. */
export type Listen = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  after: string | undefined,
  hear: (message: Message) => void,
  signal: AbortSignal,
) => Promise<void>;

const FIELDS = {
  incidentChanged: { aggregateType: 'incident', entity: 'incident { reference state slaClocks { state } }' },
  changeChanged: { aggregateType: 'change', entity: 'change { reference state services { name } }' },
} as const;

/** Errors after which no cursor helps. */
const FINAL = new Set(['SUBSCRIPTION_CURSOR_EXPIRED', 'SUBSCRIPTION_CURSOR_INVALID', 'FORBIDDEN', 'UNAUTHENTICATED']);
const RETRY_MS = 200;

/** A client that stays: it comes back with its last cursor whenever it is cut off, and writes down each message once it has it. */
export class Subscriber {
  readonly received: Received[] = [];
  /** How often it had to come back. */
  resumptions = 0;
  private readonly lost: string[] = [];
  private readonly ended = new AbortController();
  private cursor: string | undefined;
  private readonly running: Promise<void>;

  constructor(
    private readonly wish: Wish,
    private readonly serviceId: string | null,
    private readonly listen: Listen,
    private readonly journal: Journal,
  ) {
    setMaxListeners(0, this.ended.signal);
    this.running = this.stay();
  }

  /** What it asked for and got. */
  get written(): SubscriberJournal {
    const { name, field } = this.wish;
    const { aggregateType } = FIELDS[field];
    return { name, aggregateType, serviceId: this.serviceId, received: this.received, lost: this.lost };
  }

  async close(): Promise<void> {
    this.ended.abort();
    await this.running;
  }

  private async stay(): Promise<void> {
    const { field } = this.wish;
    const given = this.serviceId === null ? ['', ''] : ['($serviceId: ID)', '(serviceId: $serviceId)'];
    const query = `subscription ${given[0]} { ${field}${given[1]} { id revision kind ${FIELDS[field].entity} } }`;
    const variables = this.serviceId === null ? {} : { serviceId: this.serviceId };
    const { signal } = this.ended;
    while (!signal.aborted && this.lost.length === 0) {
      await this.listen(query, variables, this.cursor, (message) => this.hear(message), signal).catch(() => undefined);
      if (signal.aborted) return;
      this.resumptions += 1;
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private hear({ data, errors, extensions }: Message): void {
    if (extensions?.eventId === undefined || extensions.cursor === undefined) {
      const { code = 'no code', resumeAfter } = errors?.[0]?.extensions ?? {};
      if (FINAL.has(code)) this.lost.push(code);
      this.journal.fault({ subscriber: this.wish.name, code, after: this.cursor, resumeAfter });
      this.cursor = resumeAfter ?? this.cursor;
      return;
    }
    const event = data?.[this.wish.field];
    const message = { eventId: extensions.eventId, aggregateId: event?.id ?? '', revision: event?.revision ?? 0 };
    this.received.push(message);
    this.cursor = extensions.cursor;
    this.journal.received(this.wish.name, message);
  }
}

/** The subscriptions of a run: both doors, all of a kind and a part of it. */
export const WISHES: readonly Wish[] = [
  { name: 'all-incidents-by-socket', role: 'responder', door: 'socket', field: 'incidentChanged' },
  { name: 'all-incidents-by-event-stream', role: 'responder', door: 'event-stream', field: 'incidentChanged' },
  {
    name: 'incidents-of-billing',
    role: 'service-owner',
    door: 'event-stream',
    field: 'incidentChanged',
    service: 'billing',
  },
  { name: 'all-changes-by-socket', role: 'change-authority', door: 'socket', field: 'changeChanged' },
];

/** Subscribes them all. */
export function subscribe(
  demo: Demo,
  journal: Journal,
  doors: Readonly<Record<Wish['door'], (demo: Demo, token: string) => Listen>>,
): readonly Subscriber[] {
  return WISHES.map((wish) => {
    const serviceId = wish.service === undefined ? null : (demo.services[wish.service] ?? null);
    return new Subscriber(wish, serviceId, doors[wish.door](demo, demo.stack.tokens[wish.role] ?? ''), journal);
  });
}
