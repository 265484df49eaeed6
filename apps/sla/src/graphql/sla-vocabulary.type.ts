import { registerEnumType } from '@nestjs/graphql';
import { CLOCK_STATES, INTERVAL_CAUSES, MEASURES, PRIORITIES } from '../domain/vocabulary.js';

const enumOf = <Word extends string>(words: readonly Word[]): Readonly<Record<Word, Word>> =>
  Object.fromEntries(words.map((word) => [word, word])) as Record<Word, Word>;

export const PriorityEnum = enumOf(PRIORITIES);
registerEnumType(PriorityEnum, { name: 'Priority', description: 'Business priority; P1 is the highest.' });

export const SlaMeasureEnum = enumOf(MEASURES);
registerEnumType(SlaMeasureEnum, {
  name: 'SlaMeasure',
  description: 'What a clock measures.',
  valuesMap: {
    TIME_TO_OWN: { description: 'From the declaration until somebody took the incident in hand.' },
    TIME_TO_RESOLVE: { description: 'From the declaration until the fix held; time on hold does not count.' },
  },
});

export const SlaClockStateEnum = enumOf(CLOCK_STATES);
registerEnumType(SlaClockStateEnum, {
  name: 'SlaClockState',
  description: 'Where a clock stands. Breach is no state: see breached.',
});

export const SlaIntervalCauseEnum = enumOf(INTERVAL_CAUSES);
registerEnumType(SlaIntervalCauseEnum, {
  name: 'SlaIntervalCause',
  description: 'Why a stretch of time counts or does not.',
  valuesMap: {
    RUNNING: { description: 'Counts: somebody works on it or should.' },
    FIX_DID_NOT_HOLD: { description: 'Counts after all: the incident was resolved, and reopened later.' },
    ON_HOLD: { description: 'Does not count: work waits for something outside.' },
    RESOLVED: { description: 'Does not count: the fix has yet to be seen to hold.' },
  },
});
