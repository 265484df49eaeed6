import { Field, ID, InterfaceType, Int } from '@nestjs/graphql';

/** What timelines of all services are made of; each service declares `<Thing>TimelineEntry`, with its own rule of who may read it. */
@InterfaceType('TimelineEntry', { description: 'One thing that happened; entries are only ever added.' })
export abstract class TimelineEntry {
  @Field(() => ID, { description: 'The id of the event that told of it.' })
  id!: string;

  @Field(() => Int, { description: 'The revision that it made.' })
  revision!: number;

  @Field({ description: 'What happened, such as INCIDENT_RESOLVED. New kinds may be added.' })
  kind!: string;

  @Field(() => Date)
  at!: Date;

  @Field(() => ID, { description: "Who did it: a person's or a source's id, or system:<service>." })
  actorId!: string;

  @Field({ description: 'One line for people.' })
  text!: string;
}

/** An entry as it is stored: the event's data, and where it stands. */
export interface StoredEntry {
  readonly eventId: string;
  readonly version: number;
  readonly kind: string;
  readonly at: Date;
  readonly actorId: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A sentence per kind of entry; `{field}` is taken from the event's data, and is empty when the event does not have it. */
export type Sentences = Readonly<Record<string, string>>;

/** An entry as clients see it; a kind without a sentence says its name. */
export function timelineEntry(sentences: Sentences, entry: StoredEntry): TimelineEntry {
  const { eventId, version, kind, at, actorId, detail } = entry;
  const text = (sentences[kind] ?? kind).replaceAll(/\{(\w+)\}/g, (_, field: string) => wordOf(detail[field]));
  return { id: eventId, revision: version, kind, at, actorId, text };
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
