import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALL_EVENTS, contractOf, envelopeSchema, eventSubject, isId, newId } from './index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const samples = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) => /\.v\d+\.json$/.test(file));

describe('event contracts', () => {
  it.each(samples)('the committed sample %s still parses', (file) => {
    const envelope = envelopeSchema.parse(JSON.parse(readFileSync(here + file, 'utf8')));
    const contract = contractOf(envelope.type);
    expect(contract?.aggregateType).toBe(envelope.aggregatetype);
    expect(contract?.schema.parse(envelope.data)).toEqual(envelope.data);
  });

  it.each(ALL_EVENTS.map((contract) => contract.type))('%s has a committed sample and is declared once', (type) => {
    const [, service, name, version] = type.split('.');
    expect(samples).toContain(`${service}/${name}.${version}.json`);
    expect(ALL_EVENTS.filter((contract) => contract.type === type)).toHaveLength(1);
  });

  it('the subject names tenant, service, aggregate and event', () => {
    expect(
      eventSubject({
        tenantid: 'ten_1',
        type: 'graphdesk.incidents.incident-reported.v1',
        aggregatetype: 'incident',
        subject: 'inc_1',
      }),
    ).toBe('gd.ten_1.incidents.incident.inc_1.incident-reported');
  });

  it('ids tell their kind and sort by time', () => {
    const ids = Array.from({ length: 50 }, () => newId('incident'));
    expect(ids.every((id) => isId('incident', id) && !isId('change', id))).toBe(true);
    expect([...ids].sort()).toEqual(ids);
  });
});
