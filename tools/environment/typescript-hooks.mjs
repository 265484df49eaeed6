import { transformFileSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { repository } from './places.mjs';

const settings = JSON.parse(readFileSync(join(repository, '.swcrc'), 'utf8'));
delete settings.$schema;

/**
 * Sources import each other by the names that they will have once built.
 * @type {import('node:module').ResolveHook}
 */
export async function resolve(specifier, context, next) {
  const ofSource = context.parentURL?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(specifier);
  return next(ofSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = transformFileSync(fileURLToPath(url), { ...settings, swcrc: false, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
