// One portion to one mutation. What may succeed in a moment is given again; a refused thing does not hold up the others.
import { Stopped } from './gateway.mjs';

/** Most of one thing, in bytes of its JSON: the gateway's 100 KiB for a request, less room for the document and the system's name. */
const LARGEST = 98_000;

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
  const [first] = things;
  if (first && things.length === 1 && Buffer.byteLength(JSON.stringify(first)) > LARGEST) {
    return [/** @type {Answer} */ (tooLarge(first.externalId))];
  }
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

/**
 * A portion holds one that is too large alone. Sent, it would end the import of all.
 * @param {string} externalId
 * @returns {Result}
 */
function tooLarge(externalId) {
  const message = `It is larger than a request may be, ${LARGEST} bytes.`;
  return { externalId, outcome: 'REFUSED', code: 'PAYLOAD_TOO_LARGE', message, retryable: false };
}
