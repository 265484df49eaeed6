import { createHmac, randomUUID } from 'node:crypto';
import {
  incidentReportedV1,
  newId,
  serviceRegisteredV1,
  tenantRegisteredV1,
  type DataOf,
  type EventContract,
  type EventEnvelope,
} from '@graphdesk/contracts';
import type { Actor, Role } from '@graphdesk/identity';
import { startSubgraph, type RunningSubgraph } from '@graphdesk/subgraph';
import { actorOf, eventOf, eventually, publishEvents, startTestService, type TestService } from '@graphdesk/testing';
import { changes } from '../src/changes.module.js';

export const TENANT = 'ten_01kb0000000000000000000001';

/** Somebody of the tenant with this role; each role is another person. */
export const someone = (role: Role): Actor => actorOf([role], { id: PEOPLE[role] ?? newId('person') });
const PEOPLE: Partial<Record<Role, string>> = Object.fromEntries(
  (['change-requester', 'change-authority', 'responder', 'major-incident-manager', 'admin'] as const).map(
    (role) => [role, newId('person')] as const,
  ),
);

/** An answer as it came: specs read it freely, and what they expect of it is the check. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

/** The changes service with what its specs say over and over. */
export interface ChangesService extends TestService<RunningSubgraph> {
  /** The one field of a mutation or query, errors thrown. */
  ask(actor: Actor, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** A service in the catalog that this service already knows; its id. */
  knownService(key: string, dependsOn?: readonly string[]): Promise<string>;
  /** An incident that was reported; its id. Does not wait for what follows. */
  report(serviceId: string | null, incident?: Partial<DataOf<typeof incidentReportedV1>>): Promise<string>;
  /** The next event of an incident. */
  tell<Contract extends EventContract>(
    contract: Contract,
    aggregateId: string,
    version: number,
    data: DataOf<Contract>,
  ): Promise<EventEnvelope>;
  /** A webhook source; signs and sends what it is given. */
  github(): Promise<GithubSource>;
  /** A NORMAL change that is scheduled. */
  scheduledChange(serviceId: string, rollbackPlan?: string): Promise<{ id: string; reference: string }>;
}

export interface GithubSource {
  readonly id: string;
  readonly secret: string;
  send(event: string, body: unknown, headers?: Record<string, string | undefined>): Promise<Response>;
  /** A deployment_status that must be accepted. */
  deploy(deployment: DeploymentStatus): Promise<Answer>;
}

export interface DeploymentStatus {
  readonly id?: number;
  readonly state?: string;
  readonly repository?: string;
  readonly environment?: string;
  readonly payload?: unknown;
  readonly at?: Date;
  readonly delivery?: string;
}

export const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

let deployments = 70;
export const nextDeployment = (): number => (deployments += 1);

/** A body as GitHub sends it, with some of the keys that are not read. */
export function statusBody({ id = nextDeployment(), state = 'success', ...given }: DeploymentStatus): object {
  const at = (given.at ?? new Date()).toISOString();
  const environment = given.environment ?? 'production';
  const full_name = given.repository ?? 'acme/billing';
  return {
    action: 'created',
    deployment_status: { id: 7, state, environment, description: '', created_at: at, updated_at: at },
    deployment: { id, sha: 'c0ffee', ref: 'main', payload: given.payload ?? {}, environment, created_at: at },
    repository: { id: 1, full_name },
    sender: { login: 'bot' },
  };
}

export const signature = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export async function startChanges(): Promise<ChangesService> {
  const test = await startTestService('changes', (environment) => {
    // The sealing key is read from the process's own environment, as in production.
    process.env['SECRETS_KEY'] = environment['SECRETS_KEY'];
    return startSubgraph(changes, environment);
  });
  const ask: ChangesService['ask'] = async (actor, query, variables) => {
    const { data, errors } = await test.graphql(actor, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data ?? {})[0];
  };
  const tell: ChangesService['tell'] = async (contract, aggregateId, version, data) => {
    const event = eventOf(contract, aggregateId, version, data);
    await publishEvents(test.nats.url, [event]);
    return event;
  };
  await applied(test, await tell(tenantRegisteredV1, TENANT, 1, { name: 'Acme', serviceDeskLeadId: null }));
  const extra = { ask, tell, ...catalogOf(test, tell), github: () => githubOf(test, ask), ...plannersOf(ask) };
  // Getters of the test service must stay getters: it may be restarted.
  return Object.assign(Object.create(test) as TestService<RunningSubgraph>, extra);
}

function catalogOf(
  test: TestService<RunningSubgraph>,
  tell: ChangesService['tell'],
): Pick<ChangesService, 'knownService' | 'report'> {
  return {
    async knownService(key, dependsOn = []) {
      const id = newId('service');
      const description = { key, name: key, tier: 'TIER_1' as const, environments: ['production'], ownerTeamId: null };
      const event = await tell(serviceRegisteredV1, id, 1, {
        ...description,
        accountablePersonId: null,
        dependsOn: [...dependsOn],
      });
      await applied(test, event);
      return id;
    },
    async report(serviceId, incident = {}) {
      const id = newId('incident');
      const event = await tell(incidentReportedV1, id, 1, { ...INCIDENT, ...incident, serviceId });
      await applied(test, event);
      return id;
    },
  };
}

/** Waits until the service applied an event. */
export async function applied(test: Pick<TestService<RunningSubgraph>, 'sql'>, event: EventEnvelope): Promise<void> {
  await eventually(async () => {
    const rows = await test.sql('SELECT 1 FROM changes.inbox WHERE event_id = $1', [event.id]);
    if (rows.length === 0) throw new Error(`${event.type} is not applied`);
  });
}

export const INCIDENT: DataOf<typeof incidentReportedV1> = {
  number: 1,
  title: 'Error rate high',
  serviceId: null,
  environment: 'production',
  impact: 'HIGH',
  urgency: 'HIGH',
  priority: 'P1',
  matrixVersion: 1,
  ownerId: null,
  origin: 'ALERT',
  signature: 'ErrorRateHigh',
  detectedAt: new Date().toISOString(),
  declaredAt: new Date().toISOString(),
};

async function githubOf(test: TestService<RunningSubgraph>, ask: ChangesService['ask']): Promise<GithubSource> {
  const { deploymentSource, secret } = await ask(
    someone('admin'),
    `mutation ($name: String!) { createDeploymentSource(name: $name, kind: GITHUB) {
      deploymentSource { id path } secret errors { code } } }`,
    { name: `GitHub ${randomUUID()}` },
  );
  const send: GithubSource['send'] = (event, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const all = {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': signature(secret, text),
      ...headers,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return test.hook(deploymentSource.path, text, Object.fromEntries(given));
  };
  return {
    id: deploymentSource.id,
    secret,
    send,
    async deploy(deployment) {
      const delivery = deployment.delivery ?? randomUUID();
      const response = await send('deployment_status', statusBody(deployment), { 'x-github-delivery': delivery });
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}

function plannersOf(ask: ChangesService['ask']): Pick<ChangesService, 'scheduledChange'> {
  return {
    async scheduledChange(serviceId, rollbackPlan = 'deploy the previous release') {
      const { change, errors } = await ask(
        someone('change-requester'),
        `mutation ($input: RegisterChangeInput!) { registerChange(input: $input) { change { id reference } errors { code message } } }`,
        { input: { title: 'Release 4.2', kind: 'NORMAL', serviceIds: [serviceId], rollbackPlan } },
      );
      if (!change) throw new Error(JSON.stringify(errors));
      await ask(someone('change-requester'), step('assessChange'), { id: change.id });
      await ask(someone('change-requester'), step('requestAuthorization'), { id: change.id });
      await ask(someone('change-authority'), step('authorizeChange'), { id: change.id });
      return change;
    },
  };
}

/** A mutation that takes one step of a change. */
export function step(name: string): string {
  return `mutation ($id: ID!) { ${name}(id: $id) { change { id state revision } errors { __typename code ... on InvalidTransition { from allowed } } } }`;
}
