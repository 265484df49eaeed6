import { eventually, startStack, type Stack } from '@graphdesk/testing';
import { GithubPipeline } from './github.js';
import { Graph, type Answer } from './graph.js';

/** The whole system with its demo tenant, as one story uses it. */
export interface Demo {
  readonly stack: Stack;
  /** A client with one role's token. */
  as(role: string): Graph;
  /** The demo services by key: billing-db, billing, web-shop, intranet. */
  readonly services: Readonly<Record<string, string>>;
  readonly pipeline: GithubPipeline;
  readonly intake: { readonly url: string; readonly secret: string };
}

/** How a demo may differ: data that stay, an ear for services that end by themselves, an end of the start half-way. */
export interface DemoOptions {
  readonly dataDir?: string;
  readonly onDeath?: (death: { readonly name: string; readonly how: string }) => void;
  readonly signal?: AbortSignal;
}

/** Starts everything on free ports, with servers of its own; also with a folder of its own unless `options` name one. */
export async function startDemo(env: NodeJS.ProcessEnv = {}, options: DemoOptions = {}): Promise<Demo> {
  const stack = await startStack({ freePorts: true, ownServers: true, env, ...options });
  const { demo } = stack.describe();
  const { alertmanager, github } = demo.sources;
  if (!alertmanager || !github) throw new Error('the demo tenant has no sources');
  return {
    stack,
    as: (role) => new Graph(stack.gateway, stack.tokens[role] ?? ''),
    services: demo.services,
    pipeline: new GithubPipeline(github.url, github.secret),
    intake: alertmanager,
  };
}

/** A normal change of a demo service, registered with its rollback plan, assessed and authorised by somebody else, and scheduled. */
export async function scheduledChange(demo: Demo, key: string, title: string): Promise<Answer> {
  const requester = demo.as('change-requester');
  const change = await requester.act(
    `mutation ($input: RegisterChangeInput!) { registerChange(input: $input) {
       change { id reference state } errors { code message path } } }`,
    {
      input: {
        title,
        kind: 'NORMAL',
        serviceIds: [demo.services[key]],
        environment: 'production',
        rollbackPlan: 'deploy the previous release again',
      },
    },
  );
  await requester.act(
    `mutation ($id: ID!) { assessChange(id: $id) { change { state } errors { code message } } }`,
    change,
  );
  await requester.act(
    `mutation ($id: ID!) { requestAuthorization(id: $id) { change { state } errors { code message } } }`,
    change,
  );
  await demo
    .as('change-authority')
    .act(`mutation ($id: ID!) { authorizeChange(id: $id) { change { state } errors { code message } } }`, change);
  return change;
}

/** The open incident of a service that an alert of this name opened, once it is there. */
export async function incidentOf(demo: Demo, key: string, alertname: string): Promise<Answer> {
  let found: Answer;
  await eventually(async () => {
    const { incidents } = await demo.as('responder').ask(
      `query ($filter: IncidentFilterInput!) { incidents(first: 10, filter: $filter) {
         nodes { id reference title state priority signature owner { id name } service { key tier } } } }`,
      { filter: { serviceId: demo.services[key], state: ['NEW', 'IN_PROGRESS'] } },
    );
    found = incidents.nodes.find((incident: Answer) => incident.signature === alertname);
    if (!found) throw new Error(`no open incident of ${key} by ${alertname}`);
  });
  return found;
}
