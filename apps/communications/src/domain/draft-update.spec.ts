import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anIncident, NOW } from '../../test/an-update.js';
import { draftUpdate } from './draft-update.js';
import { asLine, asMarkdown } from './escape-text.js';
import { PLACEHOLDERS, renderTemplate, type TemplateValues } from './render-template.js';
import { TEMPLATES } from './templates.js';
import { BODY_LIMIT, SUBJECT_LIMIT } from './update-refusals.js';
import { OCCASIONS } from './vocabulary.js';

const values = Object.fromEntries(PLACEHOLDERS.map((name) => [name, name.toUpperCase()])) as TemplateValues;
const asIs = (value: string): string => value;

describe('templates', () => {
  it.each(OCCASIONS)('%s names only what exists, fits its bounds, and begins no line with a value', (occasion) => {
    const { subject, body } = TEMPLATES[occasion];
    expect(renderTemplate(subject, values, asIs)).not.toMatch(/[{}\n]/);
    expect(renderTemplate(body, values, asIs)).not.toMatch(/[{}]/);
    expect(body).not.toMatch(/^\s*([-*+>#]\s*)?\{\{/m);
    expect([subject.length < SUBJECT_LIMIT, body.length < BODY_LIMIT]).toEqual([true, true]);
  });

  it('a placeholder that does not exist is an error, not a hole', () => {
    expect(() => renderTemplate('{{incident.id}}', values, asIs)).toThrow('{{incident.id}}');
  });

  it('what a value says is not looked at again', () => {
    const injecting = { ...values, 'incident.title': '{{incident.reference}}' };
    expect(renderTemplate('{{incident.title}}', injecting, asIs)).toBe('{{incident.reference}}');
  });
});

describe('escaping', () => {
  it.each([
    ['QueueLag on billing (p99 > 5s)', 'QueueLag on billing (p99 \\> 5s)'],
    ['[click](https://evil.example)', '\\[click\\](https\\://evil.example)'],
    ['![x](y) <b>&amp;', '\\!\\[x\\](y) \\<b\\>\\&amp;'],
    ['two\nlines\u2028three', 'two lines three'],
    ['mail me@x.example or WWW.x.example', 'mail me\\@x.example or WWW\\.x.example'],
    ['a\\*b', 'a\\\\\\*b'],
  ])('%j does nothing in Markdown', (value, escaped) => {
    expect(asMarkdown(value)).toBe(escaped);
  });

  it('whatever a value is: one line, no live markup, and it reads as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        const escaped = asMarkdown(value);
        const live = escaped.replace(/\\[!-/:-@[-`{-~]/g, '');
        expect(live).not.toMatch(/[\\`*_{}[\]<>#|~&!@\n\r]|:\/\//);
        expect(escaped.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(asLine(value));
      }),
    );
  });
});

describe('a draft', () => {
  it('is the template with what is known, and nothing internal', () => {
    const { update, facts } = draftUpdate('upd_1', anIncident(), 'Billing', 'INVESTIGATING', NOW);
    expect(update).toMatchObject({ state: 'DRAFT', occasion: 'INVESTIGATING', audience: 'INTERNAL_STAKEHOLDERS' });
    expect(update.subject).toBe('INC-1042: we are investigating a disruption of Billing');
    expect(update.body).toContain('**INC-1042**: QueueLag on billing.');
    expect(update.body).toContain('Known since: 2026-11-23 02:00 UTC');
    expect(facts).toEqual([{ kind: 'update-drafted', templateVersion: 1, at: NOW }]);
  });

  it.each(OCCASIONS)('for %s never shows an id or a hole', (occasion) => {
    for (const incident of [anIncident(), anIncident({ serviceId: null, resolvedAt: NOW })]) {
      const { update } = draftUpdate('upd_1', incident, null, occasion, NOW);
      expect(`${update.subject} ${update.body}`).not.toMatch(/(inc|svc|upd|chg|per)_|null|undefined|\{\{/);
      expect(update.body).toContain('a service');
    }
  });

  it('has a subject of one line within its bounds, however long a name is', () => {
    const { update } = draftUpdate('upd_1', anIncident(), `Billing\n${'x'.repeat(500)}`, 'INVESTIGATING', NOW);
    expect(update.subject).toHaveLength(SUBJECT_LIMIT);
    expect(update.subject).not.toContain('\n');
  });
});
