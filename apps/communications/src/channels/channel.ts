import type { DeliveryOutcome } from '../domain/delivery-outcome.js';
import type { ChannelKind } from '../domain/vocabulary.js';

/** What is to be told to one recipient. The same for every try. */
export interface OutgoingMessage {
  /** Recognises a repeat: sent along with every try in whatever way the channel has for it. */
  readonly key: string;
  /** The recipient's address on this channel. */
  readonly to: string;
  /** One line of plain text. */
  readonly subject: string;
  /** Markdown. */
  readonly body: string;
  readonly queuedAt: Date;
}

/** A road by which people are told. What comes next (chat, webhooks, pages) is another implementation of this. */
export interface Channel {
  readonly kind: ChannelKind;
  /** Longest time that one try takes, in milliseconds. */
  readonly timeoutMs: number;
  /** One try. Never rejects, and settles soon after `signal` aborts, whatever the other side does. */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<DeliveryOutcome>;
  /** Lets go of what is kept open between tries; nothing is sent after it. */
  close(): void;
}
