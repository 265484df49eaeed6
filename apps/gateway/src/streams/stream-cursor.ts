import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A place in the event stream, as one tenant may hold it. */
export interface StreamPosition {
  readonly tenantId: string;
  /** Which stream: its creation time. A stream that was made anew counts from 1 again, so its numbers mean other events. */
  readonly incarnation: string;
  /** The stream's sequence number of the last event seen; 0 before the first. */
  readonly sequence: number;
}

const payloadSchema = z.tuple([z.literal(1), z.string(), z.string(), z.int().min(0)]);

/** Writes and reads cursors: opaque to clients, and signed so that nobody can make or move one. */
export class StreamCursors {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** The cursor of a position: two base64url parts, payload and signature. */
  write({ tenantId, incarnation, sequence }: StreamPosition): string {
    const payload = Buffer.from(JSON.stringify([1, tenantId, incarnation, sequence])).toString('base64url');
    return `${payload}.${this.#sign(payload).toString('base64url')}`;
  }

  /** The position of a cursor, or undefined when it is not one of ours or belongs to another tenant. */
  read(cursor: unknown, tenantId: string): StreamPosition | undefined {
    const [, payload = '', signature = ''] =
      typeof cursor === 'string' ? (/^([\w-]{1,400})\.([\w-]{43})$/.exec(cursor) ?? []) : [];
    const expected = this.#sign(payload);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [, owner, incarnation, sequence] = payloadSchema.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
    );
    return owner === tenantId ? { tenantId, incarnation, sequence } : undefined;
  }

  #sign(payload: string): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest();
  }
}
