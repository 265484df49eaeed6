import { enumOf } from '@graphdesk/subgraph';
import { PROBLEM_ORIGINS, PROBLEM_STATES, RESOLUTION_CODES, SIMILARITY_REASONS } from '../domain/vocabulary.js';

export const ProblemStateEnum = enumOf('ProblemState', PROBLEM_STATES, 'Where a problem stands.');

export const ProblemOriginEnum = enumOf(
  'ProblemOrigin',
  PROBLEM_ORIGINS,
  'Who raised it: the system, because incidents recurred, or a person.',
);

export const ProblemResolutionCodeEnum = enumOf('ProblemResolutionCode', RESOLUTION_CODES, 'How a problem ended.', {
  FIX_APPLIED: 'From RESOLVED.',
  RISK_ACCEPTED: 'From ROOT_CAUSE_ANALYSIS or FIX_IN_PROGRESS: it stays a known error.',
  DUPLICATE: 'From ASSESS.',
  CANCELED: 'From ASSESS.',
});

export const SimilarityReasonEnum = enumOf('SimilarityReason', SIMILARITY_REASONS, 'Why two incidents are alike.');
