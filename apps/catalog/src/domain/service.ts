import { decide, refuse, unchanged, type Decision } from '@graphdesk/decisions';
import type { ServiceFact } from './catalog-facts.js';

/** How much of the business stops when a service stops. */
export type Tier = 'TIER_1' | 'TIER_2' | 'TIER_3';

/** Something the business runs on: what incidents hurt and changes touch. */
export interface Service {
  readonly id: string;
  /** Unique per tenant: what alerts and deployments call it. */
  readonly key: string;
  readonly name: string;
  readonly tier: Tier;
  readonly environments: readonly string[];
  readonly ownerTeamId: string | null;
  readonly accountablePersonId: string | null;
  readonly dependsOn: readonly string[];
}

/** What may be changed after registration; the key is for ever. */
export type ServiceDescription = Omit<Service, 'id' | 'key'>;

export type ServiceRefusal = 'INVALID_KEY' | 'DEPENDS_ON_ITSELF';

/** Lower-case letters, digits and dashes, 1 to 63 characters: fits labels, subjects and URLs alike. */
const KEY = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A new service: its key must fit labels, and it cannot need itself. */
export function registerService(service: Service, now: Date): Decision<Service, ServiceFact, ServiceRefusal> {
  if (!KEY.test(service.key)) {
    return refuse('INVALID_KEY', 'a key has lower-case letters, digits and dashes, 63 at most', { path: ['key'] });
  }
  if (service.dependsOn.includes(service.id)) return dependsOnItself();
  return decide(service, [{ kind: 'service-registered', at: now }]);
}

/** A changed description; an equal one changes nothing. */
export function updateService(
  service: Service,
  description: ServiceDescription,
  now: Date,
): Decision<Service, ServiceFact, ServiceRefusal> {
  if (description.dependsOn.includes(service.id)) return dependsOnItself();
  const fields = Object.keys(description) as (keyof ServiceDescription)[];
  const same = fields.every((field) => JSON.stringify(service[field]) === JSON.stringify(description[field]));
  return same ? unchanged() : decide(description, [{ kind: 'service-updated', at: now }]);
}

function dependsOnItself(): ReturnType<typeof refuse<'DEPENDS_ON_ITSELF'>> {
  return refuse('DEPENDS_ON_ITSELF', 'a service cannot depend on itself', { path: ['dependsOn'] });
}
