import type { EventContract } from '../define-event.js';
import { problemProposedV1 } from './problem-proposed.v1.js';
import { problemRegisteredV1 } from './problem-registered.v1.js';
import { problemIncidentLinkedV1 } from './problem-incident-linked.v1.js';
import { problemMovedV1 } from './problem-moved.v1.js';
import { knownErrorRecordedV1 } from './known-error-recorded.v1.js';
import { workaroundRecordedV1 } from './workaround-recorded.v1.js';
import { problemClosedV1 } from './problem-closed.v1.js';

/** Every event of problems, in all versions. */
export const PROBLEMS_EVENTS: readonly EventContract[] = [
  problemProposedV1,
  problemRegisteredV1,
  problemIncidentLinkedV1,
  problemMovedV1,
  knownErrorRecordedV1,
  workaroundRecordedV1,
  problemClosedV1,
];
