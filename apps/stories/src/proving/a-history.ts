import type { Books, History, Operation, PastEvent, SubscriberJournal } from './history.js';

/** An incident that was reported and acknowledged, with all that follows from it, as it should be. */
export const INCIDENT = 'inc_1';

const event = (id: string, made: Partial<PastEvent>): PastEvent => ({
  id,
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-reported',
  aggregateId: INCIDENT,
  version: 1,
  correlationId: 'op_1',
  causationId: null,
  actorId: 'per_1',
  data: {},
  ...made,
});

const REPORTED = event('evt_1', { data: { priority: 'P1', serviceId: 'svc_1', origin: 'PERSON' } });
const ACKNOWLEDGED = event('evt_2', { name: 'incident-acknowledged', version: 2, correlationId: 'op_2' });
const OWN_STARTED = event('evt_3', {
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-started',
  aggregateId: 'clk_1',
  causationId: 'evt_1',
  data: { incidentId: INCIDENT, measure: 'TIME_TO_OWN', targetMinutes: 60, startedAt: '2026-01-05T11:50:00.000Z' },
});
const DRAFTED = event('evt_4', {
  service: 'communications',
  aggregateType: 'stakeholder-update',
  name: 'update-drafted',
  aggregateId: 'upd_1',
  causationId: 'evt_1',
  data: { incidentId: INCIDENT, occasion: 'INVESTIGATING' },
});

const operation = (id: string, act: string, expects: string, made: Partial<Operation>): Operation => ({
  id,
  act,
  target: null,
  expects: [expects],
  outcome: 'ok',
  answered: { id: INCIDENT, revision: 1 },
  code: null,
  ...made,
});

const OPERATIONS: readonly Operation[] = [
  operation('op_1', 'reportIncident', 'incident-reported', {}),
  operation('op_2', 'acknowledgeIncident', 'incident-acknowledged', {
    target: INCIDENT,
    answered: { id: INCIDENT, revision: 2 },
  }),
];

const OUTBOX = [REPORTED, ACKNOWLEDGED, OWN_STARTED, DRAFTED];

const BOOKS: Books = {
  endedAt: '2026-01-05T12:00:00.000Z',
  outbox: OUTBOX,
  before: [],
  unpublished: [],
  stream: OUTBOX.map(({ id }) => id),
  timeline: OUTBOX.map(({ id, aggregateId, version }) => ({ eventId: id, aggregateId, version })),
  rows: [
    { table: 'incidents.incident', id: INCIDENT, version: 2 },
    { table: 'sla.sla_clock', id: 'clk_1', version: 1 },
    { table: 'communications.stakeholder_update', id: 'upd_1', version: 1 },
  ],
  consumers: ['sla:incidents.incident'],
  inbox: [
    { consumer: 'sla:incidents.incident', eventId: 'evt_1' },
    { consumer: 'sla:incidents.incident', eventId: 'evt_2' },
  ],
  positions: [{ consumer: 'sla:incidents.incident', aggregateId: INCIDENT, version: 2 }],
  parked: [],
  copies: [{ name: 'changes knows incidents', told: { [INCIDENT]: '["P1"]' }, known: { [INCIDENT]: '["P1"]' } }],
  clocks: [
    { incidentId: INCIDENT, measure: 'TIME_TO_OWN', state: 'STOPPED', priority: 'P1' },
    { incidentId: INCIDENT, measure: 'TIME_TO_RESOLVE', state: 'RUNNING', priority: 'P1' },
  ],
  updates: [{ incidentId: INCIDENT, occasion: 'INVESTIGATING' }],
  answers: [{ id: INCIDENT, revision: 2 }],
};

const JOURNAL: SubscriberJournal = {
  name: 'all-incidents',
  aggregateType: 'incident',
  serviceId: null,
  received: [
    { eventId: 'evt_1', aggregateId: INCIDENT, revision: 1 },
    { eventId: 'evt_2', aggregateId: INCIDENT, revision: 2 },
  ],
  lost: [],
};

/** A history in which nothing is wrong, except for what is given. */
export function aHistory({
  books,
  journal,
  ...made
}: Partial<Omit<History, 'books'>> & { books?: Partial<Books>; journal?: Partial<SubscriberJournal> } = {}): History {
  const subscribers = [{ ...JOURNAL, ...journal }];
  return { operations: OPERATIONS, subscribers, ...made, books: { ...BOOKS, ...books } };
}

/** Adds events with everything that a service writes beside them. */
export function withEvents(...events: readonly Books['outbox'][number][]): Partial<Books> {
  return {
    outbox: [...BOOKS.outbox, ...events],
    stream: [...BOOKS.stream, ...events.map(({ id }) => id)],
    timeline: [
      ...BOOKS.timeline,
      ...events.map(({ id, aggregateId, version }) => ({ eventId: id, aggregateId, version })),
    ],
  };
}

/** The events of {@link aHistory}, each of which may be changed, taken away or added to. */
export const EVENTS = { REPORTED, ACKNOWLEDGED, OWN_STARTED, DRAFTED };

/** The operations of {@link aHistory}. */
export const [REPORT, ACKNOWLEDGE] = OPERATIONS as [Operation, Operation];
