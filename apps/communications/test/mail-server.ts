import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** A mail that the server has taken over: its final 250 was on its way. */
export interface TakenMail {
  readonly to: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * What the server does with the next mails to an address: refuse the recipient with this answer, take no recipient before the
 * line drops, take the message and never answer, drop the line before or right after the final 250.
 */
export type Behaviour = '550' | '450' | 'HANG' | 'DROP_BEFORE' | 'DROP_AFTER';

/** A real SMTP server on a free port, which behaves badly when it is told to. */
export class MailServer {
  readonly taken: TakenMail[] = [];
  /** How often a recipient was named, whatever came of it. */
  readonly named = new Map<string, number>();
  /** The most messages that were under way at one moment. */
  busiest = 0;
  /** While set, the sender is refused with this answer, whoever the recipient is. */
  refusesSender: { readonly code: number; readonly text: string } | null = null;
  private underway = 0;
  private readonly behaviours = new Map<string, Behaviour[]>();
  private readonly server: SMTPServer;

  constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 100,
      onMailFrom: (_address, _session, answer) => {
        const refused = this.refusesSender;
        answer(refused && Object.assign(new Error(refused.text), { responseCode: refused.code }));
      },
      onRcptTo: ({ address }, _session, answer) => {
        this.named.set(address, (this.named.get(address) ?? 0) + 1);
        const [next] = this.behaviours.get(address) ?? [];
        if (next !== '550' && next !== '450') return answer();
        this.behaviours.get(address)?.shift();
        const text = next === '550' ? `no user <${address}>` : `mailbox of ${address} is busy`;
        answer(Object.assign(new Error(text), { responseCode: Number(next) }));
      },
      onData: (stream, session, answer) => {
        const chunks: Buffer[] = [];
        this.underway += 1;
        this.busiest = Math.max(this.busiest, this.underway);
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          this.underway -= 1;
          this.finish(Buffer.concat(chunks).toString('utf8'), session, answer);
        });
      },
    });
    // A client that is killed in the middle of a mail.
    this.server.on('error', () => undefined);
  }

  /** Such as `smtp://127.0.0.1:2525`. */
  url = '';

  /** On a free port unless one is given. */
  async open(port = 0): Promise<this> {
    this.url = await listen(this.server.server, port);
    return this;
  }

  async close(): Promise<void> {
    for (const connection of this.server.connections) connection._socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** The next mails to this address meet these, one each; those after are taken. */
  behave(address: string, ...behaviours: readonly Behaviour[]): void {
    this.behaviours.set(address, [...behaviours]);
  }

  takenFor(address: string): readonly TakenMail[] {
    return this.taken.filter(({ to }) => to === address);
  }

  private finish(raw: string, session: SMTPServerSession, answer: (error?: Error | null) => void): void {
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const behaviour = this.behaviours.get(to)?.shift();
    if (behaviour === 'HANG') return;
    const drop = (): void => {
      for (const { session: one, _socket: socket } of this.server.connections) if (one === session) socket.destroy();
    };
    if (behaviour === 'DROP_BEFORE') return drop();
    this.taken.push(parseMail(to, raw));
    answer();
    // The answer is in the kernel's hands by then; nothing else is said on this line.
    if (behaviour === 'DROP_AFTER') setImmediate(drop);
  }
}

/** A server that takes connections and never says a word. */
export async function startSilentServer(port: number): Promise<{ stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await listen(server, port);
  return {
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function parseMail(to: string, raw: string): TakenMail {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2),
  ]);
  const text = raw
    .slice(end + 4)
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return { to, headers: Object.fromEntries(headers) as Record<string, string>, text };
}
