import { decide, refuse, type Decision } from '@graphdesk/decisions';
import type { ChangeFact } from './change-facts.js';
import { forbids } from './changes-permissions.js';
import { invalidText, LIMITS, type ChangesRefusal } from './changes-refusals.js';
import type { Acting, ChangeKind, ChangeState, CloseCode } from './vocabulary.js';

/** Adding, modifying or removing anything that could affect services. */
export interface Change {
  readonly id: string;
  /** Per tenant, without gaps; people see `CHG-<number>`. */
  readonly number: number;
  readonly title: string;
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  readonly serviceIds: readonly string[];
  readonly environment: string;
  /** How to go back. Null for standard changes, and those that were imported. */
  readonly rollbackPlan: string | null;
  /** A person; for what nobody asked for, the deployment source or `system:changes`. */
  readonly requesterId: string;
  /** Went live without having been authorised: a deployment opened it, or came before the authority's word. */
  readonly unplanned: boolean;
  /** Set on a rollback: the incident it remedies. */
  readonly remedyForIncidentId: string | null;
  /** Set on a rollback: the change it takes back. */
  readonly rollsBackChangeId: string | null;
  readonly authorizedBy: string | null;
  readonly authorizedAt: Date | null;
  readonly closeCode: CloseCode | null;
  readonly registeredAt: Date;
  /** Where it was imported from, and what it is called there; both null when it was registered here. */
  readonly externalSystem: string | null;
  readonly externalId: string | null;
}

/** The answer of every rule about a change. */
export type ChangeDecision = Decision<Change, ChangeFact, ChangesRefusal>;

/** What a requester states. */
export interface ChangeRequest {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly kind: ChangeKind;
  readonly serviceIds: readonly string[];
  readonly environment: string;
  readonly rollbackPlan: string | null;
}

/** How people call a change. */
export function changeReference(number: number): string {
  return `CHG-${number}`;
}

/** The number in a reference such as `CHG-12` (any case, blanks around it), or null when it is none. */
export function changeNumberIn(reference: string): number | null {
  const number = /^\s*CHG-([1-9][0-9]{0,8})\s*$/i.exec(reference)?.[1];
  return number === undefined ? null : Number(number);
}

/** A person asks for a change. Normal and emergency changes say how to go back. */
export function registerChange(request: ChangeRequest, acting: Acting, now: Date): ChangeDecision {
  const refusal =
    forbids('register-change', acting) ??
    invalidText('title', request.title, LIMITS.title) ??
    invalidText('environment', request.environment, LIMITS.environment);
  if (refusal) return refusal;
  if (request.serviceIds.length === 0) {
    return refuse('INVALID_INPUT', 'a change touches at least one service', { path: ['serviceIds'] });
  }
  const rollbackPlan = request.rollbackPlan?.trim() || null;
  if (rollbackPlan === null && request.kind !== 'STANDARD') {
    return refuse('ROLLBACK_PLAN_REQUIRED', 'a normal or emergency change says how to go back', {
      path: ['rollbackPlan'],
    });
  }
  const tooLong = rollbackPlan === null ? null : invalidText('rollbackPlan', rollbackPlan, LIMITS.plan);
  if (tooLong) return tooLong;
  const stated = { ...request, title: request.title.trim(), environment: request.environment.trim(), rollbackPlan };
  return decide<Change, ChangeFact>({ ...newChange(stated, acting.id, now) }, [{ kind: 'change-registered', at: now }]);
}

/** A change as it begins, with nothing decided yet. */
export function newChange(request: ChangeRequest, requesterId: string, now: Date): Change {
  return {
    ...request,
    serviceIds: [...new Set(request.serviceIds)],
    state: 'NEW',
    requesterId,
    unplanned: false,
    remedyForIncidentId: null,
    rollsBackChangeId: null,
    authorizedBy: null,
    authorizedAt: null,
    closeCode: null,
    registeredAt: now,
    externalSystem: null,
    externalId: null,
  };
}
