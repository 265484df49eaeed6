// One Jest preset for every project. Source is compiled by SWC exactly as the build does, and
// workspace packages resolve to their TypeScript source, so tests need no build.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const swcrc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swcrc.$schema;

const environment = new URL('./tools/environment/', import.meta.url);

/**
 * @param {string} displayName the project's name in Jest's output
 * @param {{ postgres?: boolean }} [needs] `postgres`: the run gets one Postgres server, for createDatabase() of libs/testing
 */
export const project = (displayName, { postgres = false } = {}) => ({
  displayName,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcrc, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@graphdesk/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'],
  testTimeout: 60_000,
  ...(postgres && {
    globalSetup: fileURLToPath(new URL('jest-global-setup.mjs', environment)),
    globalTeardown: fileURLToPath(new URL('jest-global-teardown.mjs', environment)),
  }),
});
