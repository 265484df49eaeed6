import { enumOf } from '@graphdesk/subgraph';
import { CLOCK_STATES, INTERVAL_CAUSES, MEASURES } from '../domain/vocabulary.js';

export const SlaMeasureEnum = enumOf('SlaMeasure', MEASURES, 'What a clock measures.', {
  TIME_TO_OWN: 'From the declaration until somebody took the incident in hand.',
  TIME_TO_RESOLVE: 'From the declaration until the fix held; time on hold does not count.',
});

export const SlaClockStateEnum = enumOf(
  'SlaClockState',
  CLOCK_STATES,
  'Where a clock stands. Breach is no state: see breached.',
);

export const SlaIntervalCauseEnum = enumOf(
  'SlaIntervalCause',
  INTERVAL_CAUSES,
  'Why a stretch of time counts or does not.',
  {
    RUNNING: 'Counts: somebody works on it or should.',
    FIX_DID_NOT_HOLD: 'Counts after all: the incident was resolved, and reopened later.',
    ON_HOLD: 'Does not count: work waits for something outside.',
    RESOLVED: 'Does not count: the fix has yet to be seen to hold.',
  },
);
