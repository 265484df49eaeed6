import { registerEnumType } from '@nestjs/graphql';
import { AUDIENCES, OCCASIONS, UPDATE_STATES } from '../domain/vocabulary.js';

const enumOf = <Word extends string>(words: readonly Word[]): Readonly<Record<Word, Word>> =>
  Object.fromEntries(words.map((word) => [word, word])) as Record<Word, Word>;

export const UpdateOccasionEnum = enumOf(OCCASIONS);
registerEnumType(UpdateOccasionEnum, {
  name: 'UpdateOccasion',
  description: 'What makes an update due.',
  valuesMap: {
    INVESTIGATING: { description: 'An incident is, or became, P1 or P2.' },
    ROLLING_BACK: { description: 'Somebody accepted to roll the suspected change back.' },
    RESOLVED: { description: 'An incident of which people were to be told is resolved.' },
  },
});

export const UpdateAudienceEnum = enumOf(AUDIENCES);
registerEnumType(UpdateAudienceEnum, { name: 'UpdateAudience', description: 'For whom an update is written.' });

export const UpdateStateEnum = enumOf(UPDATE_STATES);
registerEnumType(UpdateStateEnum, {
  name: 'UpdateState',
  description: 'Where an update stands. SENT is not reached yet: there is no channel to send through.',
});
