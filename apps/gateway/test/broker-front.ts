import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const INFO = {
  server_id: 'front',
  version: '2.9.10',
  proto: 1,
  headers: true,
  max_payload: 1_048_576,
  auth_required: true,
};

/** Stands before a broker and hands everything on, until it is told to take nobody's credentials any more. */
export class BrokerFront {
  refuses = false;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#answer(socket));

  private constructor(private readonly port: number) {}

  static async open(brokerUrl: string): Promise<BrokerFront> {
    const front = new BrokerFront(Number(new URL(brokerUrl).port));
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection; those that come again are asked for credentials anew. */
  breakConnections(): void {
    this.#sockets.forEach((socket) => socket.destroy());
  }

  async close(): Promise<void> {
    this.breakConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(socket: Socket): void {
    this.#keep(socket);
    if (this.refuses) {
      socket.write(`INFO ${JSON.stringify(INFO)}\r\n`);
      socket.once('data', () => socket.end("-ERR 'Authorization Violation'\r\n"));
      return;
    }
    const broker = this.#keep(connect(this.port, '127.0.0.1'));
    socket.pipe(broker).pipe(socket);
    socket.once('close', () => broker.destroy());
    broker.once('close', () => socket.destroy());
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    return socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
  }
}
