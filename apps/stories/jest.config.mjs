import { project } from '../../jest.preset.mjs';

export default { ...project('stories'), testTimeout: 300_000 };
