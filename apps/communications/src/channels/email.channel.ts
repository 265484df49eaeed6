import { createTransport, type Transporter } from 'nodemailer';
import type { DeliveryOutcome } from '../domain/delivery-outcome.js';
import type { Channel, OutgoingMessage } from './channel.js';
import type { MailSettings } from './mail-settings.js';
import { plainText } from './plain-text.js';
import { outcomeOfFault } from './smtp-outcome.js';

/** Connections to the mail server at most; each is kept for some messages. */
const CONNECTIONS = 8;
const IDLE_MS = 30_000;

const FOOTER = `

--
You are on the list of those who are told of disruptions. To leave it, write to whom this came from.`;

/**
 * E-mail over SMTP, as plain text. A message counts as taken over when the server's final 250 was read. Every try of one
 * notification has the same Message-ID and date and carries its key, so mail programs and filters can recognise a repeat.
 */
export class EmailChannel implements Channel {
  readonly kind = 'EMAIL';
  readonly timeoutMs: number;
  private readonly transport: Transporter;

  constructor(private readonly settings: MailSettings) {
    const { host, port, tls, auth, timeoutMs } = settings;
    this.timeoutMs = timeoutMs;
    this.transport = createTransport({
      pool: true,
      maxConnections: CONNECTIONS,
      // When a try counts as failed is decided here and nowhere else: the pool must not repeat one by itself.
      maxRequeues: 0,
      idleTimeout: IDLE_MS,
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'required',
      opportunisticTLS: tls === 'optional',
      ...(auth && { auth: { ...auth } }),
      // A server that never greets is told apart from one that takes the message and then says nothing.
      connectionTimeout: timeoutMs / 2,
      greetingTimeout: timeoutMs / 2,
      dnsTimeout: timeoutMs / 2,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // Faults of idle connections; those of a message come as the answer to `send`.
    this.transport.on('error', () => undefined);
  }

  async send(message: OutgoingMessage, signal: AbortSignal): Promise<DeliveryOutcome> {
    const { from } = this.settings;
    const domain = from.address.slice(from.address.indexOf('@') + 1);
    try {
      await this.transport.sendMail({
        envelope: { from: from.address, to: [message.to] },
        from,
        to: { name: '', address: message.to },
        // The library folds and encodes headers; a line end in one would be its bug, so it gets none.
        subject: message.subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
        text: plainText(message.body) + FOOTER,
        messageId: `<${message.key}@${domain}>`,
        date: message.queuedAt,
        headers: { 'auto-submitted': 'auto-generated', 'x-graphdesk-notification': message.key },
        signal,
      });
      return { kind: 'ACCEPTED' };
    } catch (error) {
      return outcomeOfFault(error);
    }
  }

  close(): void {
    this.transport.close();
  }
}
