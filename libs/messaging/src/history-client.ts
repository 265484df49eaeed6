import { envelopeSchema, headsSubject, historySubject, type EventEnvelope } from '@graphdesk/contracts';
import type { NatsConnection } from '@nats-io/nats-core';
import { z } from 'zod';
import { headSchema, type Head, type Wanted } from './history-request.js';

const REQUEST_TIMEOUT_MS = 5_000;

/** As a consumer: asks producers for what they have recorded. Rejects when the producer does not answer. */
export class HistoryClient {
  constructor(private readonly connection: NatsConnection) {}

  /** A page of a service's aggregates of one type after an id, in order; empty at the end. */
  async heads(service: string, aggregateType: string, after: string): Promise<readonly Head[]> {
    return z.array(headSchema).parse(await this.ask(headsSubject(service), { aggregateType, after }));
  }

  /** Events of a service, in the order asked for; often fewer than wanted, then ask for the rest. None: it has none of them. */
  async events(service: string, wanted: readonly Wanted[]): Promise<readonly EventEnvelope[]> {
    const events = z.array(envelopeSchema).parse(await this.ask(historySubject(service), { wanted }));
    const foreign = events.find(({ source }) => source !== `/graphdesk/${service}`);
    if (foreign) throw new Error(`${service} answered with an event of ${foreign.source}`);
    return events;
  }

  private async ask(subject: string, request: unknown): Promise<unknown> {
    const reply = await this.connection.request(subject, JSON.stringify(request), { timeout: REQUEST_TIMEOUT_MS });
    return reply.json();
  }
}

/** What is still wanted after these events came. */
export function withoutThose(wanted: readonly Wanted[], events: readonly EventEnvelope[]): readonly Wanted[] {
  const last = new Map(events.map((event) => [event.subject, event.subjectversion]));
  return wanted
    .map((one) => ({ ...one, from: Math.max(one.from, (last.get(one.aggregateId) ?? 0) + 1) }))
    .filter(({ from, to }) => from <= to);
}
