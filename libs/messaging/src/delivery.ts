import type { EventEnvelope } from '@graphdesk/contracts';
import { isPassingTrouble } from '@graphdesk/database';
import type { Logger } from 'pino';
import type { Attempts } from './attempts.js';
import type { Inbox, Taken } from './inbox.js';
import { precautionFor, type History, type Precaution } from './precaution.js';
import type { Turns } from './turns.js';

/** Waits before a failed event is delivered again, in milliseconds; after the last it is parked, and the gap healer goes on trying. */
export const RETRY_MS = [250, 1_000, 5_000];

/** Wait before the next delivery when the database was in trouble, which is no failure of the event, in milliseconds. */
const NOT_ON_RECORD_MS = 1_000;

/** A try that failed, on record. */
class Failed extends Error {
  constructor(
    override readonly cause: unknown,
    readonly tries: number,
  ) {
    super('a try failed');
  }
}

/**
 * How events reach an inbox: a first delivery straight, one that did not take effect before with the precautions that its history
 * asks for. Every failed try is on record before anybody hears of it; one that the database's trouble ended counts for nothing.
 */
export class Delivery {
  /** Events of which a try ended here while the books still have it as unfinished: they are put right before the next one. */
  private readonly unsettled = new Set<string>();

  constructor(
    private readonly inbox: Inbox,
    private readonly attempts: Attempts,
    private readonly turns: Turns,
    private readonly logger: Logger,
    private readonly retryMs: readonly number[] = RETRY_MS,
  ) {}

  /** Takes what the broker delivers, for the nth time. Returns after how many milliseconds it wants it again; undefined: never. */
  async deliver(event: EventEnvelope, deliveries: number): Promise<number | undefined> {
    try {
      const history = deliveries > 1 ? await this.historyOf(event) : undefined;
      await this.attempt(event, precautionFor(deliveries, history), () => this.inbox.take(event));
      return undefined;
    } catch (error) {
      if (error instanceof Failed) return this.afterFailure(event, error);
      this.logger.warn(
        { err: error, ...this.about(event) },
        'the database is in trouble; the event will be delivered again',
      );
      return NOT_ON_RECORD_MS;
    }
  }

  private async afterFailure(event: EventEnvelope, { cause, tries }: Failed): Promise<number | undefined> {
    const retryInMs = this.retryMs[tries - 1];
    if (retryInMs === undefined) await this.inbox.setAside(event, 'PARK_FAILED');
    const what = retryInMs === undefined ? 'it is set aside with what follows it' : 'it will be delivered again';
    this.logger.error({ err: cause, ...this.about(event), tries, retryInMs }, `an event could not be applied; ${what}`);
    return retryInMs;
  }

  /** Takes an event that came by another road than the broker's. Throws what its reactions throw. */
  async take(event: EventEnvelope): Promise<Taken> {
    return this.attempt(event, await this.caution(event), () => this.inbox.take(event)).catch(causeOf);
  }

  /** Applies what waits for this aggregate, in order and each by itself. Throws when one cannot be applied; it is parked as failed. */
  async resume(tenantId: string, aggregateId: string): Promise<void> {
    for (;;) {
      const head = await this.inbox.head(tenantId, aggregateId);
      if (!head || head.reason === 'PARK_KILLED') return;
      if ((await this.resumeHead(head.event, await this.caution(head.event))) === 'PARKED') return;
    }
  }

  /**
   * The same because a person asks for it: the first also if it ended the process. Stops at one that cannot be applied, or after
   * `limitMs`, and returns how many were applied.
   */
  async redrive(tenantId: string, aggregateId: string, limitMs: number): Promise<number> {
    const until = performance.now() + limitMs;
    let applied = 0;
    for (let first = true; performance.now() < until; first = false) {
      const head = await this.inbox.head(tenantId, aggregateId);
      if (!head) break;
      if (first) await this.attempts.pardon(head.event);
      const precaution = first ? 'ALONE' : await this.caution(head.event);
      const taken = await this.resumeHead(head.event, precaution, first).catch(() => 'PARKED' as const);
      if (taken === 'PARKED') break;
      if (taken === 'APPLIED') applied += 1;
    }
    return applied;
  }

  private async resumeHead(event: EventEnvelope, precaution: Precaution, evenKilled = false): Promise<Taken> {
    try {
      return await this.attempt(event, precaution, () => this.inbox.takeHead(event, evenKilled));
    } catch (error) {
      if (error instanceof Failed) await this.inbox.setAside(event, 'PARK_FAILED');
      return causeOf(error);
    }
  }

  /** For what comes by another road than the broker's, often by the hundred: always counted, and alone once that gave cause. */
  private async caution(event: EventEnvelope): Promise<Precaution> {
    const history = await this.historyOf(event);
    return history ? precautionFor(history.tries + 1, history) : 'COUNT';
  }

  private async attempt(event: EventEnvelope, precaution: Precaution, work: () => Promise<Taken>): Promise<Taken> {
    if (precaution === 'QUARANTINE') {
      await this.inbox.setAside(event, 'PARK_KILLED');
      return 'PARKED';
    }
    return this.turns.take(precaution === 'ALONE', async () => {
      const counted = precaution !== 'NONE' && (await this.attempts.begin(event));
      try {
        const taken = await work();
        if (counted && taken === 'PARKED') await this.attempts.withdraw(event);
        return taken;
      } catch (error) {
        if (isPassingTrouble(error)) {
          if (counted) await this.withdraw(event);
          throw error;
        }
        throw new Failed(error, await this.attempts.failed(event, error, counted));
      }
    });
  }

  private async historyOf(event: EventEnvelope): Promise<History | undefined> {
    if (this.unsettled.has(event.id)) {
      await this.attempts.withdraw(event);
      this.unsettled.delete(event.id);
    }
    return this.attempts.of(event);
  }

  /** The trouble that ended the try often keeps the books closed too; three unfinished tries would look like a killer's. */
  private async withdraw(event: EventEnvelope): Promise<void> {
    await this.attempts.withdraw(event).catch(() => this.unsettled.add(event.id));
  }

  private about(event: EventEnvelope): object {
    return { consumer: this.inbox.consumer, eventId: event.id, type: event.type, aggregateId: event.subject };
  }
}

function causeOf(error: unknown): never {
  throw error instanceof Failed ? error.cause : error;
}
