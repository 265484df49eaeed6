// The gateway as the importer speaks to it: what passes is asked again, until patience ends.
import { setTimeout as wait } from 'node:timers/promises';

/** It cannot go on: wrong token, no gateway in time, a question that it does not understand. What was imported stays. */
export class Stopped extends Error {}

/** Trouble that passes by itself. */
class Passing extends Error {}

/** HTTP statuses and codes of GraphQL errors that another try may not meet. */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);
const PASSING_CODES = new Set(['SUBGRAPH_UNAVAILABLE', 'SERVICE_UNAVAILABLE']);

const LONGEST_PAUSE_MS = 5_000;
const ANSWER_MS = 30_000;

/**
 * @typedef {object} Gateway
 * @property {(document: string, variables: Record<string, unknown>) => Promise<any>} ask data of a mutation's only field
 * @property {<T>(work: () => Promise<{ done: boolean, value: T }>) => Promise<T>} untilDone does something again, with growing
 *   pauses, until it is done or patience ends
 */

/**
 * @param {{ url: string, token: string, patienceMs: number, onTrouble?: (message: string) => void }} options
 * @returns {Gateway}
 */
export function gateway({ url, token, patienceMs, onTrouble = () => {} }) {
  /** @param {string} document @param {Record<string, unknown>} variables */
  const ask = async (document, variables) => {
    const patience = patienceOf(patienceMs);
    for (;;) {
      try {
        return await askOnce(url, token, document, variables);
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        onTrouble(error.message);
        if (!(await patience())) throw new Stopped(`${error.message}. Nothing passed for ${patienceMs / 1000} s.`);
      }
    }
  };
  return {
    ask,
    async untilDone(work) {
      const patience = patienceOf(patienceMs);
      for (;;) {
        const { done, value } = await work();
        if (done || !(await patience())) return value;
      }
    },
  };
}

/**
 * Pauses that grow, with some chance in them; false once the time is over.
 * @param {number} patienceMs
 */
function patienceOf(patienceMs) {
  const end = Date.now() + patienceMs;
  let pauseMs = 100;
  return async () => {
    if (Date.now() >= end) return false;
    await wait(Math.min(pauseMs * (0.5 + Math.random()), end - Date.now()));
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
  const text = `${code} ${first?.message ?? ''}`.trim();
  return PASSING_CODES.has(code) ? new Passing(text) : new Stopped(text);
}
