import { enumOf } from './enum-of.js';

const OUTCOMES = ['IMPORTED', 'KNOWN', 'EXTENDED', 'REFUSED'] as const;

/** What an import did with one thing of the source. */
export type ImportOutcome = (typeof OUTCOMES)[number];

/** One enum for every service that imports. */
export const ImportOutcomeEnum = enumOf('ImportOutcome', OUTCOMES, 'What an import did with one thing of the source.', {
  IMPORTED: 'It was new.',
  KNOWN: 'It was here already, and nothing was to be added.',
  EXTENDED: 'It was here already, and what the source knows beyond was added.',
  REFUSED: 'Nothing was changed; the code says why.',
});
