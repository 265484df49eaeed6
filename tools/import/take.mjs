// One portion to one mutation. What may succeed in a moment is given again; a refused thing does not hold up the others.
import { Stopped } from './gateway.mjs';

/**
 * @typedef {object} Result what every import's mutation says of one thing
 * @property {string} externalId
 * @property {'IMPORTED' | 'KNOWN' | 'EXTENDED' | 'REFUSED'} outcome
 * @property {string | null} code
 * @property {string | null} message
 * @property {boolean} retryable
 */

/**
 * Gives things until each is taken or refused for good, and answers in their order.
 * @template {{ externalId: string }} Thing
 * @template {Result} Answer
 * @param {import('./gateway.mjs').Gateway} gateway
 * @param {readonly Thing[]} things with different external ids
 * @param {(things: readonly Thing[]) => Promise<{ results: Answer[], errors: { code: string, message: string, retryable: boolean }[] }>} give
 * @returns {Promise<Answer[]>}
 */
export async function take(gateway, things, give) {
  /** @type {Map<string, Answer>} */
  const answers = new Map();
  const refused = await gateway.untilDone(async () => {
    const { results, errors } = await give(
      things.filter(({ externalId }) => answers.get(externalId)?.retryable ?? true),
    );
    for (const result of results) answers.set(result.externalId, result);
    const [error] = errors;
    const again = error ? error.retryable : results.some(({ retryable }) => retryable);
    return { done: !again, value: error };
  });
  if (refused) throw new Stopped(`${refused.code}: ${refused.message}`);
  return things.flatMap(({ externalId }) => answers.get(externalId) ?? []);
}
