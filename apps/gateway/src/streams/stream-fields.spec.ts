import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ALL_EVENTS } from '@graphdesk/contracts';
import { buildSchema, getNamedType, isObjectType, parse, validate } from 'graphql';
import { STREAM_FIELDS, VISIBILITY_PROBE } from './stream-fields.js';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const schema = buildSchema(text('../../api-schema.graphql'));
const declared = schema.getSubscriptionType()?.getFields() ?? {};

describe('the subscriptions', () => {
  it('are those that events.graphql declares', () => {
    expect(STREAM_FIELDS.map(({ name }) => name).sort()).toEqual(Object.keys(declared).sort());
  });

  describe.each(STREAM_FIELDS.map((field) => [field.name, field] as const))('%s', (name, field) => {
    it('decides each of its arguments', () => {
      const decided = [
        ...Object.keys(field.byEvent),
        ...Object.keys(field.byEntity),
        field.idArgument?.name ?? [],
      ].flat();
      expect(decided.sort()).toEqual(declared[name]?.args.map((argument) => argument.name).sort());
    });

    it('follows events that exist', () => {
      const names = ALL_EVENTS.filter(
        ({ service, aggregateType }) => service === field.service && aggregateType === field.aggregateType,
      ).map((contract) => contract.name);
      expect(names).not.toEqual([]);
      if (field.eventName) expect(names).toContain(field.eventName);
    });

    it('asks the entity only for what the graph has', () => {
      const payload = getNamedType(declared[name]?.type);
      if (!isObjectType(payload)) throw new Error('not an object');
      expect(getNamedType(payload.getFields()[field.entityField]?.type)?.name).toBe(field.entityType);
      const selection = [VISIBILITY_PROBE, ...Object.values(field.byEntity).map((filter) => filter.selection)].join(
        ' ',
      );
      const query = parse(`subscription { ${name} { ${field.entityField} { ${selection} } } }`);
      expect(validate(schema, query).map(({ message }) => message)).toEqual([]);
    });
  });
});
