import type { ChangeState, CloseCode, IncidentRelation } from './vocabulary.js';

/** What can happen to a change. */
export type ChangeFact =
  | { readonly kind: 'change-registered'; readonly at: Date }
  | {
      readonly kind: 'change-moved';
      readonly from: ChangeState;
      readonly to: ChangeState;
      readonly reason: string | null;
      readonly at: Date;
    }
  | { readonly kind: 'change-authorized'; readonly by: string; readonly at: Date }
  | { readonly kind: 'change-rejected'; readonly by: string; readonly reason: string; readonly at: Date }
  | { readonly kind: 'change-deployed'; readonly deployment: DeployedFact; readonly at: Date }
  | { readonly kind: 'change-closed'; readonly closeCode: CloseCode; readonly at: Date }
  | {
      readonly kind: 'change-incident-linked';
      readonly incidentId: string;
      readonly relation: IncidentRelation;
      readonly at: Date;
    };

/** A deployment that succeeded, as the change's history tells it. */
export interface DeployedFact {
  readonly id: string;
  readonly serviceId: string;
  readonly environment: string;
  readonly deployedAt: Date;
  readonly reference: string;
}
