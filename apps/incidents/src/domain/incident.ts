import type { Decision } from '@graphdesk/decisions';
import type { IncidentFact } from './incident-facts.js';
import type { IncidentRefusal } from './incident-refusals.js';
import type {
  ClassificationReason,
  IncidentOrigin,
  IncidentState,
  Level,
  OnHoldReason,
  Priority,
  ResolutionCode,
} from './vocabulary.js';

/** An unplanned interruption of a service or a reduction in its quality. */
export interface Incident {
  readonly id: string;
  /** Per tenant, without gaps; people see `INC-<number>`. */
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly state: IncidentState;
  /** Set exactly while the state is ON_HOLD. */
  readonly onHoldReason: OnHoldReason | null;
  readonly impact: Level;
  readonly urgency: Level;
  readonly priority: Priority;
  /** The version of the tenant's matrix that gave the priority. */
  readonly matrixVersion: number;
  readonly classificationReasons: readonly ClassificationReason[];
  /** Null in the catch-all: the alert named no service that the catalog knows. */
  readonly serviceId: string | null;
  readonly environment: string | null;
  readonly origin: IncidentOrigin;
  /** The alert name: what makes two incidents of a service the same kind. Null when a person reported it. */
  readonly signature: string | null;
  /** Digest of what its alerts share; at most one open incident per tenant has it. Null when a person reported it. */
  readonly dedupKey: string | null;
  /** The one accountable person. Null for imports, and until the tenant names anybody who could be. */
  readonly ownerId: string | null;
  /** The team that works on it; null unless an import named one. */
  readonly teamId: string | null;
  /** The person who reported it; null for alerts, and for imports that name nobody. */
  readonly reporterId: string | null;
  readonly resolutionCode: ResolutionCode | null;
  readonly resolutionNotes: string | null;
  readonly resolvedBy: string | null;
  /** When users began to be hurt; null unless somebody stated it. */
  readonly impactStartedAt: Date | null;
  readonly detectedAt: Date;
  readonly declaredAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly mitigatedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly recoveryValidatedAt: Date | null;
  /** When its alerts could no longer reopen it, once that is on record. */
  readonly recoveryWindowEndedAt: Date | null;
  readonly closedAt: Date | null;
  readonly canceledAt: Date | null;
  /** Where it was imported from, and what it is called there; both null for what was born here. */
  readonly externalSystem: string | null;
  readonly externalId: string | null;
  /** A digest for each entry that was imported, in order: how a repeat is told from news. Empty for what was born here. */
  readonly importedEntries: readonly string[];
  /** How many events it has published: 1, 2, 3 … */
  readonly version: number;
}

/** Who acts: a person of the tenant with roles, or `system:<service>`. */
export interface Acting {
  readonly id: string;
  readonly roles: readonly string[];
}

/** The answer of every rule about an incident. */
export type IncidentDecision = Decision<Incident, IncidentFact, IncidentRefusal>;
