import { describe, expect, it } from '@jest/globals';
import { parse, print, type OperationDefinitionNode } from 'graphql';
import { dropNothingSelected, specialise } from './specialised-document.js';

const specialised = (text: string, variables: Record<string, unknown> = {}): string => {
  const document = parse(text);
  return print(specialise(document, document.definitions[0] as OperationDefinitionNode, variables)).replace(
    /\s+/g,
    ' ',
  );
};

describe('a specialised document', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['keeps what is included', '{ a @include(if: true) b @skip(if: false) }', {}, '{ a b }'],
    ['leaves out what is not', '{ a @include(if: false) b @skip(if: true) c }', {}, '{ c }'],
    ['reads variables', 'query ($w: Boolean!) { a @include(if: $w) b @skip(if: $w) }', { w: true }, '{ a }'],
    ['reads both on one field', 'query ($w: Boolean!) { a @include(if: true) @skip(if: $w) b }', { w: true }, '{ b }'],
    ['keeps other directives', '{ a @include(if: true) @other }', {}, '{ a @other }'],
    [
      'drops inline fragments',
      '{ a ... @skip(if: true) { b } ... on T @include(if: true) { c } }',
      {},
      '{ a ... on T { c } }',
    ],
    [
      'drops fragments that nobody spreads any more',
      '{ a ...F @skip(if: true) ...G } fragment F on T { b ...H } fragment G on T { c } fragment H on T { d }',
      {},
      '{ a ...G } fragment G on T { c }',
    ],
    [
      'drops variables that nobody uses any more, and keeps those used in fragments',
      'query ($w: Boolean!, $x: ID, $y: ID) { a(id: $x) @skip(if: $w) ...F } fragment F on T { b(id: $y) }',
      { w: true },
      'query ($y: ID) { ...F } fragment F on T { b(id: $y) }',
    ],
    ['stands in for an empty selection', '{ a { b @skip(if: true) } }', {}, '{ a { __nothing: __typename } }'],
  ])('%s', (_case, text, variables, expected) => expect(specialised(text, variables)).toBe(expected));

  it('its stand-ins are taken out of results', () => {
    const data = { a: [{ __nothing: 'T' }, { b: { __nothing: 'T', c: 1 } }, null] };
    dropNothingSelected(data);
    expect(data).toEqual({ a: [{}, { b: { c: 1 } }, null] });
  });
});
