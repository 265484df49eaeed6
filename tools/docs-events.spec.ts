import { describe, expect, it } from '@jest/globals';
import { eventTable, readContract } from './docs-events.mjs';

const source = (sentence: string): string => `import { z } from 'zod';

${sentence}
export const incidentHealedV2 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-healed',
  version: 2,
  schema: z.object({}),
});
`;

describe('the table of events', () => {
  const contract = readContract('x.ts', source('/** Published when: it healed by itself. */'));

  it('says of each contract when it is published and who reads it', () => {
    const link = '[`incident-healed.v2`](../libs/contracts/src/incidents/incident-healed.v2.ts)';
    expect(
      eventTable(
        [contract],
        () => true,
        () => ['sla', 'problems'],
      ),
    ).toContain(`| ${link} | incident | it healed by itself. | sla, problems |`);
  });

  it('says when nobody publishes or reads it', () => {
    const table = eventTable(
      [contract],
      () => false,
      () => [],
    );
    expect(table).toContain('| it healed by itself. **Not published yet.** | – |');
  });

  it('refuses a contract without its sentence', () => {
    expect(() => readContract('x.ts', source('/** Healed. */'))).toThrow(/x\.ts does not begin with/);
  });
});
