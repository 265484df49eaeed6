import { setTimeout as pause } from 'node:timers/promises';
import type { Demo } from '../demo.js';
import type { Act } from './acts.js';
import type { Operation } from './history.js';
import type { Journal } from './journal.js';

/** An answer that takes longer leaves it open whether the operation had its effect, in milliseconds. */
const PATIENCE_MS = 8_000;
/** Before an operation of unknown outcome is tried once more, in milliseconds. */
const RETRY_MS = 500;
const TRIES = 6;

type Variables = Readonly<Record<string, unknown>>;
type Answer = Pick<Operation, 'answered' | 'code'> & { readonly outcome: 'ok' | 'refused' | 'unknown' };

/** Sends operations at a bounded rate, each journaled before it is sent and after its answer. */
export class JournaledClient {
  private count = 0;
  private nextAt = 0;

  constructor(
    private readonly demo: Demo,
    private readonly journal: Journal,
    private readonly ratePerSecond: number,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Makes an operation of an act and returns the entity's id, or undefined when it was refused. One of unknown outcome is asked
   * for again, as an operation of its own, where that is harmless: what already happened is refused or changes nothing. What
   * creates something is given up, since it may be there.
   */
  async perform(act: Act, variables: Variables): Promise<string | undefined> {
    const target = typeof variables['id'] === 'string' ? variables['id'] : null;
    for (let tries = 1; !this.signal.aborted; tries += 1) {
      const answer = await this.once(act.name, target, [act.event], (id) => this.send(id, act, variables));
      if (answer.outcome === 'ok') return answer.answered?.id;
      if (answer.outcome === 'refused') return tries > 1 ? (target ?? undefined) : undefined;
      if (target === null || tries === TRIES) return undefined;
      await this.rest();
    }
    return undefined;
  }

  /** A webhook is one operation, however often it is delivered: its delivery id makes the repeats harmless. */
  async deliver(expects: readonly string[], send: (id: string) => Promise<Response>): Promise<void> {
    await this.once('deliver', null, expects, async (id) => {
      for (let tries = 1; tries <= TRIES && !this.signal.aborted; tries += 1) {
        const answer = await send(id).catch(() => undefined);
        if (answer?.ok) return { outcome: 'ok', answered: null, code: null };
        if (answer && answer.status < 500) return { outcome: 'refused', answered: null, code: String(answer.status) };
        await this.rest();
      }
      return { outcome: 'unknown', answered: null, code: 'not heard' };
    });
  }

  /** The answer to a query, undefined when there is none now. */
  async read(
    role: string,
    query: string,
    variables: Variables = {},
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const answer = await this.post(role, query, variables, 'prove-read').catch(() => undefined);
    return answer?.errors ? undefined : (answer?.data ?? undefined);
  }

  private async once(
    act: string,
    target: string | null,
    expects: readonly string[],
    send: (id: string) => Promise<Answer>,
  ): Promise<Answer> {
    await this.turn();
    const id = `prove-${(this.count += 1)}`;
    this.journal.invoke({ id, act, target, expects });
    const answer = await send(id).catch((error: unknown): Answer => {
      const code = error instanceof Error ? error.name : 'Error';
      return { outcome: 'unknown', answered: null, code };
    });
    this.journal.complete(id, answer);
    return answer;
  }

  private async send(id: string, { role, document, entity }: Act, variables: Variables): Promise<Answer> {
    const { data, errors } = await this.post(role, document, variables, id);
    const [payload] = Object.values(data ?? {}) as (Payload | null)[];
    const [refusal] = payload?.errors ?? [];
    if (refusal) return { outcome: 'refused', answered: null, code: refusal.code };
    const changed = payload?.[entity] as { id: string; revision: number } | null | undefined;
    if (changed && !errors)
      return { outcome: 'ok', answered: { id: changed.id, revision: changed.revision }, code: null };
    return { outcome: 'unknown', answered: null, code: errors?.[0]?.extensions?.code ?? 'no answer' };
  }

  private async post(role: string, query: string, variables: Variables, id: string): Promise<Reply> {
    const response = await fetch(this.demo.stack.gateway.http, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.demo.stack.tokens[role] ?? ''}`,
        'x-correlation-id': id,
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (await response.json()) as Reply;
  }

  /** Waits for this operation's place in the rate. */
  private async turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + 1_000 / this.ratePerSecond;
    if (at > now) await pause(at - now);
  }

  private async rest(): Promise<void> {
    await pause(RETRY_MS, undefined, { signal: this.signal }).catch(() => undefined);
  }
}

interface Payload extends Readonly<Record<string, unknown>> {
  readonly errors?: readonly { readonly code: string }[];
}

interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}
