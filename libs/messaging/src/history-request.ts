import { z } from 'zod';

/** Aggregates in one reply about heads, and in one request for their events, at most. */
export const HEADS_PER_REPLY = 500;
export const AGGREGATES_PER_REQUEST = 100;
/** Events and bytes in one reply, at most; one event is always given. One reply fits into one message of the broker. */
export const EVENTS_PER_REPLY = 100;
export const BYTES_PER_REPLY = 512 * 1024;

/** Asks for the aggregates of one type, in the order of their ids, after this id. */
export const headsRequestSchema = z.object({ aggregateType: z.string(), after: z.string() });

/** How far an aggregate has come. */
export const headSchema = z.object({ aggregateId: z.string(), version: z.int().min(1) });

/** Asks for an aggregate's events from a version to another, both included. */
export const wantedSchema = z.object({ aggregateId: z.string(), from: z.int().min(1), to: z.int().min(1) });

export const historyRequestSchema = z.object({ wanted: z.array(wantedSchema).max(AGGREGATES_PER_REQUEST) });

export type Head = z.infer<typeof headSchema>;
export type Wanted = z.infer<typeof wantedSchema>;
