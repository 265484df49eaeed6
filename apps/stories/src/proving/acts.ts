/** A mutation that the load makes. */
export interface Act {
  readonly name: string;
  /** Whose token it is sent with. */
  readonly role: string;
  readonly document: string;
  /** The field of the payload that holds what was changed. */
  readonly entity: string;
  /** The event that it is published as. */
  readonly event: string;
}

function act(role: string, call: string, variables: string, entity: string, event: string): Act {
  const [name = ''] = call.split('(');
  const document = `mutation (${variables}) { ${call} { ${entity} { id revision } errors { code message } } }`;
  return { name, role, document, entity, event };
}

const step = (role: string, name: string, entity: string, event: string): Act =>
  act(role, `${name}(id: $id)`, '$id: ID!', entity, event);
const withReason = (role: string, name: string, entity: string, event: string): Act =>
  act(role, `${name}(id: $id, reason: $reason)`, '$id: ID!, $reason: String!', entity, event);
const creating = (role: string, name: string, input: string, entity: string, event: string): Act =>
  act(role, `${name}(input: $input)`, `$input: ${input}!`, entity, event);

/** Everything that the load does through the gateway's GraphQL. */
export const ACTS = {
  report: creating('responder', 'reportIncident', 'ReportIncidentInput', 'incident', 'incident-reported'),
  acknowledge: step('responder', 'acknowledgeIncident', 'incident', 'incident-acknowledged'),
  hold: act(
    'responder',
    'holdIncident(id: $id, onHoldReason: $onHoldReason)',
    '$id: ID!, $onHoldReason: OnHoldReason!',
    'incident',
    'incident-put-on-hold',
  ),
  resume: step('responder', 'resumeIncident', 'incident', 'incident-resumed'),
  reprioritize: act(
    'responder',
    'reprioritizeIncident(id: $id, impact: $impact, urgency: $urgency, reason: $reason)',
    '$id: ID!, $impact: Level!, $urgency: Level!, $reason: String!',
    'incident',
    'incident-reprioritized',
  ),
  resolve: act(
    'responder',
    'resolveIncident(id: $id, resolutionCode: FIXED, notes: $notes)',
    '$id: ID!, $notes: String!',
    'incident',
    'incident-resolved',
  ),
  validate: step('major-incident-manager', 'validateRecovery', 'incident', 'incident-recovery-validated'),
  reopen: withReason('responder', 'reopenIncident', 'incident', 'incident-reopened'),
  close: step('responder', 'closeIncident', 'incident', 'incident-closed'),
  cancel: withReason('responder', 'cancelIncident', 'incident', 'incident-canceled'),
  addActionItem: act(
    'responder',
    'addActionItem(incidentId: $incidentId, title: $title, ownerId: $ownerId, dueAt: $dueAt)',
    '$incidentId: ID!, $title: String!, $ownerId: ID!, $dueAt: DateTime!',
    'actionItem',
    'action-item-added',
  ),
  completeActionItem: step('responder', 'completeActionItem', 'actionItem', 'action-item-completed'),
  registerChange: creating('change-requester', 'registerChange', 'RegisterChangeInput', 'change', 'change-registered'),
  assess: step('change-requester', 'assessChange', 'change', 'change-moved'),
  requestAuthorization: step('change-requester', 'requestAuthorization', 'change', 'change-moved'),
  authorize: step('change-authority', 'authorizeChange', 'change', 'change-authorized'),
  cancelChange: withReason('change-requester', 'cancelChange', 'change', 'change-moved'),
  deploy: creating('integration', 'recordDeployment', 'RecordDeploymentInput', 'deployment', 'deployment-recorded'),
  registerProblem: creating(
    'problem-manager',
    'registerProblem',
    'RegisterProblemInput',
    'problem',
    'problem-registered',
  ),
  linkIncident: act(
    'problem-manager',
    'linkIncident(id: $id, incidentId: $incidentId)',
    '$id: ID!, $incidentId: ID!',
    'problem',
    'problem-incident-linked',
  ),
  moveProblem: act(
    'problem-manager',
    'moveProblem(id: $id, to: $to)',
    '$id: ID!, $to: ProblemState!',
    'problem',
    'problem-moved',
  ),
  recordWorkaround: act(
    'problem-manager',
    'recordWorkaround(id: $id, workaround: $workaround)',
    '$id: ID!, $workaround: String!',
    'problem',
    'workaround-recorded',
  ),
  recordRootCause: act(
    'problem-manager',
    'recordRootCause(id: $id, input: $input)',
    '$id: ID!, $input: RootCauseInput!',
    'problem',
    'known-error-recorded',
  ),
  editUpdate: act(
    'communications-lead',
    'editUpdate(id: $id, input: $input)',
    '$id: ID!, $input: EditUpdateInput!',
    'stakeholderUpdate',
    'update-edited',
  ),
  approveUpdate: step('communications-lead', 'approveUpdate', 'stakeholderUpdate', 'update-approved'),
  discardUpdate: step('communications-lead', 'discardUpdate', 'stakeholderUpdate', 'update-discarded'),
  registerService: creating('admin', 'registerService', 'RegisterServiceInput', 'service', 'service-registered'),
  setTargets: act(
    'admin',
    'setSlaTargets(targets: $targets)',
    '$targets: [SlaTargetInput!]!',
    'slaPolicy',
    'sla-policy-revised',
  ),
} as const satisfies Readonly<Record<string, Act>>;
