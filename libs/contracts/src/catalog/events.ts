import type { EventContract } from '../define-event.js';
import { tenantRegisteredV1 } from './tenant-registered.v1.js';
import { tenantUpdatedV1 } from './tenant-updated.v1.js';
import { teamRegisteredV1 } from './team-registered.v1.js';
import { personRegisteredV1 } from './person-registered.v1.js';
import { serviceRegisteredV1 } from './service-registered.v1.js';
import { serviceUpdatedV1 } from './service-updated.v1.js';

/** Every event of catalog, in all versions. */
export const CATALOG_EVENTS: readonly EventContract[] = [
  tenantRegisteredV1,
  tenantUpdatedV1,
  teamRegisteredV1,
  personRegisteredV1,
  serviceRegisteredV1,
  serviceUpdatedV1,
];
