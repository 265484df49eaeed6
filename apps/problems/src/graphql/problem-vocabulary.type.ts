import { enumOf } from '@graphdesk/subgraph';
import { PROBLEM_ORIGINS, PROBLEM_STATES, RESOLUTION_CODES, SIMILARITY_REASONS } from '../domain/vocabulary.js';

export const ProblemStateEnum = enumOf('ProblemState', PROBLEM_STATES, 'Where a problem stands.');

export const ProblemOriginEnum = enumOf(
  'ProblemOrigin',
  PROBLEM_ORIGINS,
  'Who raised it: the system, because incidents recurred; a person; or another system, from which it was imported.',
);

export const ProblemResolutionCodeEnum = enumOf('ProblemResolutionCode', RESOLUTION_CODES, 'How a problem ended.', {
  FIX_APPLIED: 'From RESOLVED.',
  RISK_ACCEPTED: 'From ROOT_CAUSE_ANALYSIS or FIX_IN_PROGRESS: it stays a known error.',
  DUPLICATE: 'From ASSESS.',
  CANCELED: 'From ASSESS.',
});

export const SimilarityReasonEnum = enumOf('SimilarityReason', SIMILARITY_REASONS, 'Why two incidents are alike.');
