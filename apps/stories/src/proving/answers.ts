import { eventually } from '@graphdesk/testing';
import type { Demo } from '../demo.js';
import type { Books, Operation } from './history.js';

/** Which query answers an entity, by the prefix of its id. */
const QUERIES: Readonly<Record<string, string>> = { inc: 'incident', act: 'actionItem', chg: 'change', prb: 'problem' };
/** Entities asked for in one request. */
const AT_ONCE = 10;

/** What the graph answers at the end for everything that operations were acknowledged for. */
export async function readAnswers(demo: Demo, operations: readonly Operation[]): Promise<Books['answers']> {
  const ids = new Set(
    operations.flatMap(({ outcome, answered }) => (outcome === 'ok' && answered ? [answered.id] : [])),
  );
  const asked = [...ids].filter((id) => QUERIES[id.slice(0, 3)] !== undefined);
  const answers: Books['answers'][number][] = [];
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    const some = asked.slice(start, start + AT_ONCE);
    const fields = some.map((id, n) => `e${n}: ${QUERIES[id.slice(0, 3)]}(id: "${id}") { revision }`);
    const data = await eventually(() => demo.as('admin').ask(`{ ${fields.join(' ')} }`), { everyMs: 500 });
    answers.push(...some.map((id, n) => ({ id, revision: (data[`e${n}`]?.revision ?? null) as number | null })));
  }
  return answers;
}
