// The table of values in the chart's README: defaults from values.yaml, meanings from values.schema.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const MARKS = ['<!-- values -->', '<!-- end of values -->'];

const resolve = (schema, root) => {
  const reference = schema?.allOf?.[0]?.$ref ?? schema?.$ref;
  return reference ? { ...root.definitions[reference.split('/').at(-1)], ...schema } : schema;
};

const isGroup = (schema, value) => schema.properties !== undefined && value !== null && typeof value === 'object';

/** Neighbours with the same values, as the six subgraphs have, share their rows. */
function rows(values, schema, root, path = []) {
  const alike = new Map();
  for (const [key, value] of Object.entries(values)) {
    const same = isGroup(resolve(schema.properties[key], root), value) ? JSON.stringify(value) : key;
    alike.set(same, [...(alike.get(same) ?? []), key]);
  }
  return [...alike.values()].flatMap((keys) => {
    const value = values[keys[0]];
    const here = resolve(schema.properties[keys[0]], root);
    const name = [...path, keys.length > 1 ? `{${keys.join(',')}}` : keys[0]];
    if (isGroup(here, value)) return rows(value, here, root, name);
    return [`| \`${name.join('.')}\` | \`${JSON.stringify(value)}\` | ${here.description} |`];
  });
}

/** The table, one row per value that can be set. */
export function valuesTable(chart) {
  const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'));
  const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'));
  return ['| value | default | meaning |', '| --- | --- | --- |', ...rows(values, schema, schema)].join('\n');
}

/** The README as it should be; written when `write` is set. Returns whether the file is as it should be. */
export function keepReadme(chart, write) {
  const path = join(chart, 'README.md');
  const text = readFileSync(path, 'utf8');
  const [head, rest] = text.split(MARKS[0]);
  const tail = rest.split(MARKS[1])[1];
  const wanted = `${head}${MARKS[0]}\n\n${valuesTable(chart)}\n\n${MARKS[1]}${tail}`;
  if (write) writeFileSync(path, wanted);
  return write || wanted === text;
}
