import { RECIPIENT_GONE } from '../domain/deliver-notification.js';
import type { DeliveryOutcome } from '../domain/delivery-outcome.js';
import type { ChannelKind } from '../domain/vocabulary.js';
import type { Channel, OutgoingMessage } from './channel.js';
import { Slots } from './slots.js';

/** Tries at once, over all channels of this process. */
const TRIES_AT_ONCE = 8;
/** A lease lasts as many times the longest try: those who are claimed together wait for each other. */
const LEASE_TIMES = 10;
/** How long the end of the service waits for tries under way, in milliseconds. */
const GRACE_MS = 2_000;
/** The lease when the channel is not set up, in milliseconds: nothing is tried then. */
const NO_CHANNEL_LEASE_MS = 60_000;

/** The channels that are set up, and the tries under way on them. */
export class Channels {
  private readonly slots = new Slots(TRIES_AT_ONCE);
  private readonly tries = new Set<AbortController>();
  private stopping = false;

  constructor(private readonly channels: readonly Channel[]) {}

  /** Those through which something can be sent. */
  get kinds(): readonly ChannelKind[] {
    return this.channels.map((channel) => channel.kind);
  }

  /** How long a claim on a try holds, in milliseconds. */
  leaseMs(kind: ChannelKind): number {
    const channel = this.of(kind);
    return channel ? channel.timeoutMs * LEASE_TIMES : NO_CHANNEL_LEASE_MS;
  }

  /**
   * One try, when its turn comes; none when the lease, counted from now, could end before the try is recorded, or when the
   * recipient `isKnown` no more by then. Rejects only when that cannot be told.
   */
  async send(kind: ChannelKind, message: OutgoingMessage, isKnown: () => Promise<boolean>): Promise<DeliveryOutcome> {
    const channel = this.of(kind);
    if (!channel) return { kind: 'TEMPORARY', reason: 'the channel is not set up', mayHaveArrived: false };
    const asked = performance.now();
    return this.slots.run(async () => {
      const known = await isKnown();
      const waited = performance.now() - asked;
      if (!known) return { kind: 'PERMANENT', reason: RECIPIENT_GONE };
      if (this.stopping) return { kind: 'NOT_TRIED', reason: 'the service was stopping' };
      if (waited + 2 * channel.timeoutMs > this.leaseMs(kind)) {
        return { kind: 'NOT_TRIED', reason: 'those before it took too long' };
      }
      return this.inTime(channel, message);
    });
  }

  /** Begins nothing any more, lets tries under way come to their end for a moment, and breaks off the rest. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    const patience = setTimeout(() => this.tries.forEach((underway) => underway.abort()), GRACE_MS);
    await this.slots.idle();
    clearTimeout(patience);
    for (const channel of this.channels) channel.close();
  }

  /** A server that answers a byte now and then is never idle: each try as a whole has its limit. */
  private async inTime(channel: Channel, message: OutgoingMessage): Promise<DeliveryOutcome> {
    const underway = new AbortController();
    const limit = setTimeout(() => underway.abort(), channel.timeoutMs);
    this.tries.add(underway);
    try {
      return await channel.send(message, underway.signal);
    } finally {
      clearTimeout(limit);
      this.tries.delete(underway);
    }
  }

  private of(kind: ChannelKind): Channel | undefined {
    return this.channels.find((channel) => channel.kind === kind);
  }
}
