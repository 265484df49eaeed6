import type { EventContract } from '../define-event.js';
import { updateDraftedV1 } from './update-drafted.v1.js';
import { updateEditedV1 } from './update-edited.v1.js';
import { updateApprovedV1 } from './update-approved.v1.js';
import { updateDiscardedV1 } from './update-discarded.v1.js';

/** Every event of communications, in all versions. */
export const COMMUNICATIONS_EVENTS: readonly EventContract[] = [
  updateDraftedV1,
  updateEditedV1,
  updateApprovedV1,
  updateDiscardedV1,
];
