// What may be depended on. Anything that is not plainly permissive is named in NOTICE, by package.
import { packageName } from './lock-file.mjs';

const PERMISSIVE = new Set(
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC-BY-4.0 CC0-1.0 ISC MIT MIT-0 PSF-2.0 Python-2.0 Unlicense'.split(
    ' ',
  ),
);
const TO_BE_NAMED = 'Elastic-2.0';

/**
 * @param {import('./lock-file.mjs').LockFile} lock
 * @param {string} notice the text of NOTICE, which names one package a line, as `- @scope/name`
 * @returns {string[]}
 */
export function licenceFaults({ packages }, notice) {
  const licences = new Map();
  for (const [path, { license, link }] of Object.entries(packages)) {
    if (path.includes('node_modules/') && !link) licences.set(packageName(path), license ?? 'none');
  }
  const named = new Set([...notice.matchAll(/^\s*- (\S+)$/gm)].map(([, name]) => name));
  const toBeNamed = new Set([...licences].filter(([, licence]) => licence === TO_BE_NAMED).map(([name]) => name));
  return [
    ...[...toBeNamed].filter((name) => !named.has(name)).map((name) => `NOTICE: ${name} (${TO_BE_NAMED}) is not named`),
    ...[...named].filter((name) => !toBeNamed.has(name)).map((name) => `NOTICE: ${name} is named without need`),
    ...[...licences]
      .filter(([, licence]) => licence !== TO_BE_NAMED && !isPermissive(licence))
      .map(([name, licence]) => `package-lock.json: ${name} has the licence ${licence}, which nobody has looked at`),
  ];
}

/** @param {string} expression an SPDX expression; with OR one permissive choice would do, but none here needs that */
const isPermissive = (expression) =>
  expression
    .split(/\s+(?:AND|OR)\s+|[()]/)
    .filter(Boolean)
    .every((id) => PERMISSIVE.has(id));
