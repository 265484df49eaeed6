import { project } from '../../jest.preset.mjs';

export default project('timers', { postgres: true });
