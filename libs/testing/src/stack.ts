export { startStack } from '../../../tools/environment/stack.mjs';

import type { startStack } from '../../../tools/environment/stack.mjs';

/** The whole system as processes: what `npm start` runs, on its own folder and ports. */
export type Stack = Awaited<ReturnType<typeof startStack>>;
