// One Jest preset for every project. Source is compiled by SWC exactly as the build does, and
// workspace packages resolve to their TypeScript source, so tests need no build.
import { readFileSync } from 'node:fs';

const swcrc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swcrc.$schema;

/** @param {string} displayName the project's name in Jest's output */
export const project = (displayName) => ({
  displayName,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcrc, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@graphdesk/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'],
  testTimeout: 60_000,
});
