import { project } from '../jest.preset.mjs';

export default { ...project('tools', { postgres: true }), testMatch: ['<rootDir>/**/*.spec.ts'] };
