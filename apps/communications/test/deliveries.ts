import { expect } from '@jest/globals';
import { actorOf, eventually, publishEvents, type Startable, type TestService } from '@graphdesk/testing';
import { IncidentTold } from './told-events.js';

export const lead = actorOf(['communications-lead']);

/** Short enough for specs, and long enough for a machine that is busy with others: one try takes so long at most. */
export const MAIL_TIMEOUT_MS = 2_000;

/** A notification as clients see it. */
export interface Seen {
  readonly id: string;
  readonly state: string;
  readonly tries: number;
  readonly mayBeRepeated: boolean;
  readonly lastError: string | null;
  readonly nextTryAt: string | null;
  readonly queuedAt: string;
  readonly sentAt: string | null;
  readonly subscriber: { readonly email: string | null };
}

const NOTIFICATIONS = `query ($id: ID!) { stakeholderUpdate(id: $id) { state notifications {
  id state tries mayBeRepeated lastError nextTryAt queuedAt sentAt subscriber { email } } } }`;
const SEND = `mutation ($id: ID!) { sendUpdate(id: $id) { stakeholderUpdate { state revision } errors { code } } }`;

/** The mail settings of a service under test. */
export function mailEnvironment(smtpUrl: string): NodeJS.ProcessEnv {
  return { SMTP_URL: smtpUrl, MAIL_FROM: 'Status <status@desk.example>', MAIL_TIMEOUT_MS: String(MAIL_TIMEOUT_MS) };
}

/** What a communications lead does, and what becomes of it. */
export class Lead {
  constructor(private readonly test: TestService<Startable>) {}

  /** Puts somebody on the list; the id. */
  async add(email: string, more: object = {}): Promise<string> {
    const mutation = `mutation ($input: AddSubscriberInput!) { addSubscriber(input: $input) { subscriber { id } errors { code } } }`;
    const { data, errors } = await this.test.graphql(lead, mutation, { input: { email, ...more } });
    expect([errors, data?.['addSubscriber'].errors]).toEqual([undefined, []]);
    return data?.['addSubscriber'].subscriber.id;
  }

  /** An approved update of an incident that was just reported; the id. */
  async approved(incident = new IncidentTold()): Promise<string> {
    await publishEvents(this.test.nats.url, incident.events);
    const sql = 'SELECT id FROM communications.stakeholder_update WHERE incident_id = $1';
    const id = await eventually(async () => {
      const [row] = await this.test.sql<{ id: string }>(sql, [incident.id]);
      if (!row) throw new Error('no draft yet');
      return row.id;
    });
    const approve = `mutation ($id: ID!) { approveUpdate(id: $id) { errors { code } } }`;
    expect((await this.test.graphql(lead, approve, { id })).data).toEqual({ approveUpdate: { errors: [] } });
    return id;
  }

  async send(id: string): Promise<{ stakeholderUpdate: { state: string; revision: number } | null; errors: object[] }> {
    const { data, errors } = await this.test.graphql(lead, SEND, { id });
    expect(errors).toBeUndefined();
    return data?.['sendUpdate'];
  }

  async notifications(id: string): Promise<readonly Seen[]> {
    const { data, errors } = await this.test.graphql(lead, NOTIFICATIONS, { id });
    expect(errors).toBeUndefined();
    return data?.['stakeholderUpdate'].notifications;
  }

  /** The one notification of this recipient, once it is as expected. */
  async once(id: string, email: string, expected: object, timeoutMs = 20_000): Promise<Seen> {
    return eventually(
      async () => {
        const found = (await this.notifications(id)).find(({ subscriber }) => subscriber.email === email);
        expect(found).toMatchObject(expected);
        return found!;
      },
      { timeoutMs },
    );
  }

  /** The next try of everything that waits for one is now: an hour is too long for a test. */
  async hurry(): Promise<void> {
    await this.test.sql('UPDATE communications.timer SET wake_at = now()');
  }
}
