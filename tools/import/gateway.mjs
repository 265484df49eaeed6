// The gateway as the importer speaks to it: what passes is asked again, until patience ends.
import { setTimeout as wait } from 'node:timers/promises';

/** It cannot go on: wrong token, no gateway in time, a question that it does not understand. What was imported stays. */
export class Stopped extends Error {}

/** What was asked cannot be answered; the same of another thing may be. Whoever does not catch it stops. */
export class Unanswerable extends Stopped {
  /** @param {string} code @param {string} reason */
  constructor(code, reason) {
    super(`${code} ${reason}`.trim());
    this.code = code;
    this.reason = reason;
  }
}

/** Trouble that passes by itself. */
class Passing extends Error {}

/** HTTP statuses and codes of GraphQL errors that another try may not meet. */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);
const PASSING_CODES = new Set(['SUBGRAPH_UNAVAILABLE', 'SERVICE_UNAVAILABLE']);
/** Codes that no choice of what is asked about would change. */
const GENERAL_CODES = new Set([
  ...['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_ALLOWED', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'],
]);

const LONGEST_PAUSE_MS = 5_000;
const ANSWER_MS = 30_000;

/**
 * @typedef {object} Gateway
 * @property {(document: string, variables: Record<string, unknown>) => Promise<any>} ask data of a mutation's only field
 * @property {<T>(work: () => Promise<{ left: number, value: T }>) => Promise<T>} untilDone does something again, with growing
 *   pauses, until nothing is left of it or patience ends: one patience for all that waits, anew when less is left of something
 */

/**
 * @param {{ url: string, token: string, patienceMs: number, onTrouble?: (message: string) => void }} options
 * @returns {Gateway}
 */
export function gateway({ url, token, patienceMs, onTrouble = () => {} }) {
  const reaching = patienceOf(patienceMs);
  const waiting = patienceOf(patienceMs);
  return {
    async ask(document, variables) {
      for (const pause = pauses(); ;) {
        try {
          const answer = await askOnce(url, token, document, variables);
          reaching.renew();
          return answer;
        } catch (error) {
          if (!(error instanceof Passing)) throw error;
          onTrouble(error.message);
          if (!(await pause(reaching.left()))) {
            throw new Stopped(`${error.message}. Nothing passed for ${patienceMs / 1000} s.`);
          }
        }
      }
    },
    async untilDone(work) {
      let before = Infinity;
      for (const pause = pauses(); ;) {
        const { left, value } = await work();
        if (left < before && before !== Infinity) waiting.renew();
        if (left === 0 || !(await pause(waiting.left()))) return value;
        before = left;
      }
    },
  };
}

/**
 * How long may still be waited. It runs from the first wait, over all who wait meanwhile, until it is renewed.
 * @param {number} patienceMs
 */
function patienceOf(patienceMs) {
  /** @type {number | null} */
  let end = null;
  return {
    renew() {
      end = null;
    },
    left() {
      end ??= Date.now() + patienceMs;
      return end - Date.now();
    },
  };
}

/** Pauses that grow, with some chance in them; false when there is no time for one. */
function pauses() {
  let pauseMs = 100;
  return async (/** @type {number} */ leftMs) => {
    if (leftMs <= 0) return false;
    await wait(Math.min(pauseMs * (0.5 + Math.random()), leftMs));
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    return true;
  };
}

/**
 * @param {string} url
 * @param {string} token
 * @param {string} document
 * @param {Record<string, unknown>} variables
 */
async function askOnce(url, token, document, variables) {
  const response = await send(url, token, JSON.stringify({ query: document, variables }));
  if (PASSING_STATUSES.has(response.status)) throw new Passing(`The gateway answered ${response.status}`);
  if (response.status === 401) throw new Stopped('The gateway does not accept the token.');
  const { data, errors } = await bodyOf(response);
  if (errors) throw errorOf(errors);
  if (!data) throw new Stopped(`The gateway answered ${response.status} without data.`);
  return Object.values(data)[0];
}

/** @param {string} url @param {string} token @param {string} body */
async function send(url, token, body) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  try {
    return await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ANSWER_MS) });
  } catch (error) {
    const { message, cause } = /** @type {Error & { cause?: Error }} */ (error);
    throw new Passing(`The gateway at ${url} cannot be reached: ${cause?.message || message}`);
  }
}

/** @param {Response} response */
async function bodyOf(response) {
  const text = await response.text().catch(() => '');
  try {
    return JSON.parse(text);
  } catch {
    // Also half an answer of a gateway that ended meanwhile.
    throw new Passing(`The gateway answered ${response.status} with something that is not JSON`);
  }
}

/** @param {{ message: string, extensions?: { code?: string } }[]} errors */
function errorOf(errors) {
  const [first] = errors;
  const code = first?.extensions?.code ?? '';
  const reason = first?.message ?? '';
  const text = `${code} ${reason}`.trim();
  if (PASSING_CODES.has(code)) return new Passing(text);
  return GENERAL_CODES.has(code) ? new Stopped(text) : new Unanswerable(code, reason);
}
