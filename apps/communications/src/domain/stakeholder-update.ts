import type { Decision } from '@graphdesk/decisions';
import type { UpdateFact } from './update-facts.js';
import type { UpdateRefusal } from './update-refusals.js';
import type { Audience, Occasion, UpdateState } from './vocabulary.js';

/** What people outside the work on an incident are told, on one occasion. */
export interface StakeholderUpdate {
  readonly id: string;
  readonly incidentId: string;
  /** An incident has one update for each occasion at most. */
  readonly occasion: Occasion;
  readonly audience: Audience;
  /** One line of plain text. */
  readonly subject: string;
  /** Markdown. */
  readonly body: string;
  readonly state: UpdateState;
  readonly draftedAt: Date;
  /** Who changed the words last; null while they are the template's. */
  readonly editedBy: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly sentBy: string | null;
  /** When it was handed over to be delivered. */
  readonly sentAt: Date | null;
  /** How many events it has published: 1, 2, 3 … */
  readonly version: number;
}

/** The answer of every rule about an update. */
export type UpdateDecision = Decision<StakeholderUpdate, UpdateFact, UpdateRefusal>;
