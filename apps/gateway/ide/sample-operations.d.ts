/** What the tabs hold for somebody who opens the IDE for the first time. */
export const SAMPLE_OPERATIONS: readonly string[];
