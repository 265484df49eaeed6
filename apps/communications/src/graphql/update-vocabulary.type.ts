import { enumOf } from '@graphdesk/subgraph';
import { AUDIENCES, OCCASIONS, UPDATE_STATES } from '../domain/vocabulary.js';

export const UpdateOccasionEnum = enumOf('UpdateOccasion', OCCASIONS, 'What makes an update due.', {
  INVESTIGATING: 'An incident is, or became, P1 or P2.',
  ROLLING_BACK: 'Somebody accepted to roll the suspected change back.',
  RESOLVED: 'An incident of which people were to be told is resolved.',
});

export const UpdateAudienceEnum = enumOf('UpdateAudience', AUDIENCES, 'For whom an update is written.');

export const UpdateStateEnum = enumOf(
  'UpdateState',
  UPDATE_STATES,
  'Where an update stands. SENT is not reached yet: there is no channel to send through.',
);
