import { registerEnumType } from '@nestjs/graphql';
import { PROBLEM_ORIGINS, PROBLEM_STATES, RESOLUTION_CODES, SIMILARITY_REASONS } from '../domain/vocabulary.js';

const enumOf = <Word extends string>(words: readonly Word[]): Readonly<Record<Word, Word>> =>
  Object.fromEntries(words.map((word) => [word, word])) as Record<Word, Word>;

export const ProblemStateEnum = enumOf(PROBLEM_STATES);
registerEnumType(ProblemStateEnum, { name: 'ProblemState', description: 'Where a problem stands.' });

export const ProblemOriginEnum = enumOf(PROBLEM_ORIGINS);
registerEnumType(ProblemOriginEnum, {
  name: 'ProblemOrigin',
  description: 'Who raised it: the system, because incidents recurred, or a person.',
});

export const ProblemResolutionCodeEnum = enumOf(RESOLUTION_CODES);
registerEnumType(ProblemResolutionCodeEnum, {
  name: 'ProblemResolutionCode',
  description: 'How a problem ended.',
  valuesMap: {
    FIX_APPLIED: { description: 'From RESOLVED.' },
    RISK_ACCEPTED: { description: 'From ROOT_CAUSE_ANALYSIS or FIX_IN_PROGRESS: it stays a known error.' },
    DUPLICATE: { description: 'From ASSESS.' },
    CANCELED: { description: 'From ASSESS.' },
  },
});

export const SimilarityReasonEnum = enumOf(SIMILARITY_REASONS);
registerEnumType(SimilarityReasonEnum, { name: 'SimilarityReason', description: 'Why two incidents are alike.' });
