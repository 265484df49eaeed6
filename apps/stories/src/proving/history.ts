/** What became of an operation, as its client saw it. Unknown: no answer, or one that leaves it open; it may have had its effect. */
export type Outcome = 'ok' | 'refused' | 'unknown';

/** One operation of the load client. Its id is the correlation id of the request, so all its effects carry it. */
export interface Operation {
  readonly id: string;
  /** The mutation's name, or `deliver` for a webhook. */
  readonly act: string;
  /** What it changes; null for what it is to create. */
  readonly target: string | null;
  /** Names of the events that it has when it succeeds. */
  readonly expects: readonly string[];
  /** Null: journaled before it was sent, and the client did not live to see an end of it. */
  readonly outcome: Outcome | null;
  /** What the answer named: the entity and its revision. */
  readonly answered: { readonly id: string; readonly revision: number } | null;
  /** The code of the refusal or error. */
  readonly code: string | null;
}

/** An event as its producer's outbox keeps it. */
export interface PastEvent {
  readonly id: string;
  readonly service: string;
  readonly aggregateType: string;
  /** The event's name, such as `incident-reported`. */
  readonly name: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** A person, a source, or `system:<service>`. */
  readonly actorId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One message as a subscriber got it. */
export interface Received {
  readonly eventId: string;
  readonly aggregateId: string;
  readonly revision: number;
}

/** Everything one subscriber got, through all its reconnections. */
export interface SubscriberJournal {
  readonly name: string;
  /** The events it asked for. */
  readonly aggregateType: string;
  /** Only those of incidents of this service, if it asked so. */
  readonly serviceId: string | null;
  readonly received: readonly Received[];
  /** Errors that ended its subscription with no way to go on. */
  readonly lost: readonly string[];
}

/** What one service copied from another: rows by id, as text that is equal where the content is. */
export interface Copy {
  readonly name: string;
  readonly told: Readonly<Record<string, string>>;
  readonly known: Readonly<Record<string, string>>;
}

/** An SLA clock as stored. */
export interface ClockRow {
  readonly incidentId: string;
  readonly measure: string;
  readonly state: string;
  readonly priority: string;
}

/** Everything that is written down when the system is at rest again. */
export interface Books {
  /** When the system was at rest, ISO 8601: what was due before has been done by then. */
  readonly endedAt: string;
  /** Every service's outbox. */
  readonly outbox: readonly PastEvent[];
  /** Ids of events from before the load, which no operation of the journal explains. */
  readonly before: readonly string[];
  /** Events that were still not published. */
  readonly unpublished: readonly string[];
  /** The broker's stream, in its order. */
  readonly stream: readonly string[];
  readonly timeline: readonly { readonly aggregateId: string; readonly version: number; readonly eventId: string }[];
  /** Aggregates as stored, by `service.table`. */
  readonly rows: readonly { readonly table: string; readonly id: string; readonly version: number }[];
  /** Durable readers, such as `changes:incidents.incident`. */
  readonly consumers: readonly string[];
  readonly inbox: readonly { readonly consumer: string; readonly eventId: string }[];
  readonly positions: readonly { readonly consumer: string; readonly aggregateId: string; readonly version: number }[];
  /** Events that were set aside. */
  readonly parked: readonly { readonly consumer: string; readonly eventId: string }[];
  readonly copies: readonly Copy[];
  readonly clocks: readonly ClockRow[];
  readonly updates: readonly { readonly incidentId: string; readonly occasion: string }[];
  /** What the gateway answers for entities that operations changed; revision null when it knows no such entity. */
  readonly answers: readonly { readonly id: string; readonly revision: number | null }[];
}

/** Everything that the checker judges. */
export interface History {
  readonly operations: readonly Operation[];
  readonly subscribers: readonly SubscriberJournal[];
  readonly books: Books;
}
