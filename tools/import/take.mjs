// One portion to one mutation. What may succeed in a moment is given again; a refused thing does not hold up the others.
import { Stopped, Unanswerable } from './gateway.mjs';

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
 * Gives things until each is taken or refused for good, and answers in their order. What breaks a portion is found by giving the
 * rest of it one by one, and refused.
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
  const pending = () => things.filter(({ externalId }) => answers.get(externalId)?.retryable ?? true);
  const giveAll = async () => {
    const refused = await gateway.untilDone(async () => {
      const { results, errors } = await give(pending());
      for (const result of results) answers.set(result.externalId, result);
      const [error] = errors;
      return { left: error ? Number(error.retryable) * things.length : again(results), value: error };
    });
    if (refused) throw new Stopped(`${refused.code}: ${refused.message}`);
  };
  const [first] = things;
  if (first && things.length === 1 && Buffer.byteLength(JSON.stringify(first)) > LARGEST) {
    return [/** @type {Answer} */ (tooLarge(first.externalId))];
  }
  try {
    await giveAll();
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error;
    if (first && things.length === 1) return [/** @type {Answer} */ (broken(first.externalId, error))];
    for (const thing of pending()) {
      for (const answer of await take(gateway, [thing], give)) answers.set(thing.externalId, answer);
    }
  }
  return things.flatMap(({ externalId }) => answers.get(externalId) ?? []);
}

/** @param {readonly Result[]} results */
const again = (results) => results.filter(({ retryable }) => retryable).length;

/**
 * @param {string} externalId
 * @param {Unanswerable} error
 * @returns {Result}
 */
function broken(externalId, { code, reason }) {
  return { externalId, outcome: 'REFUSED', code, message: reason, retryable: false };
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
