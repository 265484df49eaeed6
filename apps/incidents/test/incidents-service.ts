import { readFileSync } from 'node:fs';
import {
  newId,
  personRegisteredV1,
  serviceRegisteredV1,
  tenantRegisteredV1,
  type ServiceRegisteredV1,
} from '@graphdesk/contracts';
import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { startSubgraph, type RunningSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventOf,
  eventually,
  publishEvents,
  startTestService,
  timeTravel,
  type TestService,
  type TimeTravel,
} from '@graphdesk/testing';
import { incidents } from '../src/incidents.module.js';

/** A clock that a spec moves; it begins shortly after the fixtures' alerts did. */
export class HandClock implements Clock {
  private time = Date.parse('2026-11-23T02:05:00.000Z');

  now(): Date {
    return new Date(this.time);
  }

  passMinutes(minutes: number): void {
    this.time += minutes * 60_000;
  }
}

/** The service under test with its clock. */
export interface IncidentsService extends TestService<RunningSubgraph> {
  readonly clock: HandClock;
  /** The database's time, which alone says what is due: a day before the clock, until a spec moves it. */
  readonly time: TimeTravel;
}

export async function startIncidents(): Promise<IncidentsService> {
  const clock = new HandClock();
  const service = await startTestService('incidents', (environment) =>
    startSubgraph(incidents, environment, { clock }),
  );
  const time = await timeTravel(service.sql, 'incidents');
  await time.forward(clock.now().getTime() - 86_400_000 - Date.now());
  return Object.assign(service, { clock, time });
}

/** A tenant as the catalog told of it: one service, its accountable person, a service-desk lead, two responders. */
export interface Tenant {
  readonly id: string;
  readonly serviceId: string;
  readonly admin: Actor;
  readonly responder: Actor;
  readonly colleague: Actor;
  readonly accountableId: string;
  readonly leadId: string;
}

export async function registerTenant(
  { nats, sql }: IncidentsService,
  but: { readonly lead?: boolean; readonly service?: Partial<ServiceRegisteredV1> | null } = {},
): Promise<Tenant> {
  const id = newId('tenant');
  const person = (): string => newId('person');
  const tenant = {
    id,
    serviceId: newId('service'),
    admin: actorOf(['admin'], { id: person(), tenantId: id }),
    responder: actorOf(['responder'], { id: person(), tenantId: id }),
    colleague: actorOf(['responder'], { id: person(), tenantId: id }),
    accountableId: person(),
    leadId: person(),
  };
  const own = { tenantid: id };
  const serviceDeskLeadId = but.lead === false ? null : tenant.leadId;
  const people = [tenant.responder.id, tenant.colleague.id, tenant.accountableId, tenant.leadId];
  await publishEvents(nats.url, [
    ...people.map((who, i) =>
      eventOf(personRegisteredV1, who, 1, { name: `P${i}`, email: `p${i}@example.org`, teamIds: [] }, own),
    ),
    eventOf(tenantRegisteredV1, id, 1, { name: 'Example', serviceDeskLeadId }, own),
    ...(but.service === null
      ? []
      : [eventOf(serviceRegisteredV1, tenant.serviceId, 1, billing(tenant, but.service), own)]),
  ]);
  const copies = but.service === null ? people.length + 1 : people.length + 2;
  await eventually(async () => {
    const [row] = await sql<{ n: number }>('SELECT count(*)::int AS n FROM incidents.inbox WHERE tenant_id = $1', [id]);
    if (row?.n !== copies) throw new Error(`${row?.n} of ${copies} events are there`);
  });
  return tenant;
}

/** The service that the fixtures name. */
export function billing(
  tenant: Pick<Tenant, 'accountableId'>,
  but: Partial<ServiceRegisteredV1> = {},
): ServiceRegisteredV1 {
  return {
    key: 'billing',
    name: 'Billing',
    tier: 'TIER_1',
    environments: ['production'],
    ownerTeamId: null,
    accountablePersonId: tenant.accountableId,
    dependsOn: [],
    ...but,
  };
}

/** A webhook of the tenant, ready to be posted to. */
export interface Hook {
  readonly path: string;
  readonly secret: string;
  readonly sourceId: string;
  post(body: string | Buffer): Promise<Response>;
}

export async function createSource(service: IncidentsService, tenant: Tenant, name = 'Alertmanager'): Promise<Hook> {
  const { data } = await service.graphql(
    tenant.admin,
    `mutation($name: String!) { createIntakeSource(name: $name, kind: ALERTMANAGER) {
      intakeSource { id path } secret errors { code } } }`,
    { name },
  );
  if (!data) throw new Error('no source');
  const { intakeSource, secret } = data['createIntakeSource'];
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
  const { path, id } = intakeSource;
  return { path, secret, sourceId: id, post: (body) => service.hook(path, body, headers) };
}

/** A committed payload as Alertmanager sends it. */
export function payloadText(name: string): string {
  return readFileSync(new URL(`payloads/${name}.json`, import.meta.url), 'utf8');
}

/** What specs look at. */
export const INCIDENT_FIELDS = `id reference title description state priority impact urgency matrixVersion classificationReasons
  environment origin signature revision resolutionCode allowedTransitions service { id } owner { id } reporter { id }
  milestones { detectedAt declaredAt acknowledgedAt resolvedAt recoveryValidatedAt closedAt }
  alerts { name status severity startsAt endsAt } timeline { revision kind text actorId }`;

/** All incidents of a tenant, the oldest first. */
export async function incidentsOf(service: IncidentsService, actor: Actor): Promise<Record<string, unknown>[]> {
  const { data, errors } = await service.graphql(actor, `{ incidents(first: 100) { nodes { ${INCIDENT_FIELDS} } } }`);
  if (!data) throw new Error(JSON.stringify(errors));
  return data['incidents'].nodes.toReversed();
}
