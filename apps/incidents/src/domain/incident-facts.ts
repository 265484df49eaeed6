import type {
  AlertStatus,
  ClassificationReason,
  IncidentOrigin,
  Level,
  OnHoldReason,
  Priority,
  ResolutionCode,
  Severity,
} from './vocabulary.js';

/** What can happen to an incident; each fact becomes one event, one version and one entry of the timeline. */
export type IncidentFact = Told & Happening;

interface Told {
  /** Who did it, when that is not who makes the change: an import tells what others did. */
  readonly actorId?: string;
}

type Happening =
  | {
      readonly kind: 'incident-reported';
      readonly title: string;
      readonly serviceId: string | null;
      readonly environment: string | null;
      readonly impact: Level;
      readonly urgency: Level;
      readonly priority: Priority;
      readonly matrixVersion: number;
      readonly classificationReasons: readonly ClassificationReason[];
      readonly ownerId: string | null;
      readonly reporterId: string | null;
      readonly origin: IncidentOrigin;
      readonly signature: string | null;
      readonly detectedAt: Date;
      readonly at: Date;
    }
  | {
      readonly kind: 'incident-alert-attached';
      readonly alertId: string;
      readonly name: string;
      readonly status: AlertStatus;
      readonly severity: Severity;
      readonly at: Date;
    }
  | {
      readonly kind: 'incident-acknowledged';
      readonly acknowledgedBy: string;
      readonly ownerId: string;
      readonly at: Date;
    }
  | {
      readonly kind: 'incident-assigned';
      readonly ownerId: string;
      readonly previousOwnerId: string | null;
      readonly reason: string;
      readonly at: Date;
    }
  | {
      readonly kind: 'incident-reprioritized';
      readonly impact: Level;
      readonly urgency: Level;
      readonly priority: Priority;
      readonly matrixVersion: number;
      readonly reason: string;
      readonly at: Date;
    }
  | {
      readonly kind: 'incident-routed';
      readonly teamId: string | null;
      readonly previousTeamId: string | null;
      readonly ownerId: string | null;
      readonly previousOwnerId: string | null;
      readonly reason: string;
      readonly at: Date;
    }
  | {
      readonly kind: 'incident-imported';
      readonly system: string;
      readonly externalId: string;
      readonly entries: number;
      readonly at: Date;
    }
  | { readonly kind: 'incident-work-begun'; readonly at: Date }
  | {
      readonly kind: 'incident-update-imported';
      /** Where it stands in the source, such as line 17. */
      readonly reference: string;
      readonly text: string;
      readonly at: Date;
    }
  | { readonly kind: 'incident-put-on-hold'; readonly reason: OnHoldReason; readonly at: Date }
  | { readonly kind: 'incident-resumed'; readonly at: Date }
  | {
      readonly kind: 'incident-resolved';
      readonly resolutionCode: ResolutionCode;
      readonly notes: string;
      readonly resolvedBy: string;
      readonly at: Date;
    }
  | { readonly kind: 'incident-recovery-validated'; readonly validatedBy: string; readonly at: Date }
  | { readonly kind: 'incident-reopened'; readonly reason: string; readonly at: Date }
  | {
      readonly kind: 'incident-recovery-window-ended';
      readonly endedAt: Date;
      readonly minutes: number;
      readonly at: Date;
    }
  | { readonly kind: 'incident-closed'; readonly at: Date }
  | { readonly kind: 'incident-canceled'; readonly reason: string; readonly at: Date }
  | {
      readonly kind: 'incident-annotated';
      readonly about: Annotation['about'];
      readonly referenceId: string;
      readonly text: string;
      readonly at: Date;
    };

/** Something that happened elsewhere and belongs on the timeline. */
export interface Annotation {
  readonly about:
    | 'CHANGE_SUSPECTED'
    | 'SUSPICION_CONFIRMED'
    | 'SUSPICION_REJECTED'
    | 'ROLLBACK_SUGGESTED'
    | 'ROLLBACK_SUCCEEDED'
    | 'ROLLBACK_FAILED'
    | 'ROLLBACK_EXPIRED'
    | 'PROBLEM_PROPOSED';
  /** The id of what it is about. */
  readonly referenceId: string;
  /** One line for people. */
  readonly text: string;
}
