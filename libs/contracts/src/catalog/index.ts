export * from './vocabulary.js';
export * from './tenant-registered.v1.js';
export * from './tenant-updated.v1.js';
export * from './team-registered.v1.js';
export * from './person-registered.v1.js';
export * from './service-registered.v1.js';
export * from './service-updated.v1.js';
