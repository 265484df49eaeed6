import { project } from '../../jest.preset.mjs';

export default project('catalog', { postgres: true });
