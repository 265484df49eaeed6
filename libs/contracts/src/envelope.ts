import { z } from 'zod';

/**
 * Every event travels in this envelope: CloudEvents 1.0 in JSON (so outside tools can read it) with our extension
 * attributes in the lower-case spelling that CloudEvents asks for.
 */
export const envelopeSchema = z.object({
  /** Always "1.0": the CloudEvents version. */
  specversion: z.literal('1.0'),
  /** The event's id (`evt_…`), assigned when the fact was committed. Also the broker's message id: equal ids are the same event. */
  id: z.string().min(1),
  /** Type and contract version, such as `graphdesk.incidents.incident-reported.v1`. */
  type: z.string().regex(/^graphdesk\.[a-z]+\.[a-z0-9-]+\.v[1-9][0-9]*$/),
  /** The service that owns the aggregate: `/graphdesk/incidents`. */
  source: z.string().regex(/^\/graphdesk\/[a-z]+$/),
  /** The aggregate's id, such as `inc_…`. */
  subject: z.string().min(1),
  /** When the fact was recorded, RFC 3339 in UTC. */
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** The tenant that everything in this event belongs to. */
  tenantid: z.string().min(1),
  /** The kind of aggregate, such as `incident`: one consumer takes all events of one aggregate type. */
  aggregatetype: z.string().regex(/^[a-z][a-z-]*$/),
  /** 1, 2, 3 … without gaps per aggregate: the order in which consumers must apply events. */
  subjectversion: z.int().min(1),
  /** Shared by everything that follows from one request or delivery. */
  correlationid: z.string().min(1),
  /** The id of the event that led to this one, if an event did. */
  causationid: z.string().min(1).optional(),
  /** Who did it: a person's, partner's or source's id, or `system:<service>` for what a service decided by itself. */
  actorid: z.string().min(1),
  /** W3C trace context of the request that led here. */
  traceparent: z.string().optional(),
  data: z.unknown(),
});

/** An event as it travels, its payload not yet parsed. */
export type EventEnvelope = z.infer<typeof envelopeSchema>;

/** An event whose payload was parsed by its contract. */
export type EventOf<Data> = Omit<EventEnvelope, 'data'> & { readonly data: Data };
