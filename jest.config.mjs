// The time limit is for the whole run: Jest does not take it from the projects.
export default { projects: ['<rootDir>/apps/*', '<rootDir>/libs/*', '<rootDir>/tools'], testTimeout: 60_000 };
