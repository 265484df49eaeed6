import { enumOf } from '@graphdesk/subgraph';
import { AUDIENCES, CHANNELS, NOTIFICATION_STATES, OCCASIONS, UPDATE_STATES } from '../domain/vocabulary.js';

export const UpdateOccasionEnum = enumOf('UpdateOccasion', OCCASIONS, 'What makes an update due.', {
  INVESTIGATING: 'An incident is, or became, P1 or P2.',
  ROLLING_BACK: 'Somebody accepted to roll the suspected change back.',
  RESOLVED: 'An incident of which people were to be told is resolved.',
});

export const UpdateAudienceEnum = enumOf('UpdateAudience', AUDIENCES, 'For whom an update is written.');

export const UpdateStateEnum = enumOf('UpdateState', UPDATE_STATES, 'Where an update stands.', {
  APPROVED: 'Somebody answers for the words; they cannot be changed any more.',
  SENT: 'Handed over to be delivered: nothing stops it any more. Who has it is told by its notifications.',
});

export const NotificationChannelEnum = enumOf('NotificationChannel', CHANNELS, 'By which road somebody is told.');

export const NotificationStateEnum = enumOf(
  'NotificationState',
  NOTIFICATION_STATES,
  'Where a notification stands; never backwards.',
  {
    PENDING: 'Not tried yet.',
    CLAIMED: 'It is being tried, or a try failed and the next one follows.',
    SENT: 'The next system on the way took it over: for e-mail, the mail server.',
    DELIVERED: 'It arrived. E-mail does not hear of that and stays SENT.',
    FAILED: 'It is not tried any more; lastError says why.',
  },
);
