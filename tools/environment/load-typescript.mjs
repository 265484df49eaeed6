// `node --import` this to run TypeScript sources as they are, compiled by SWC exactly as the build does: for tests that need a
// process of a service to kill, and no build.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
