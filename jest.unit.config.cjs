'use strict';

const { maxWorkers, testEnvironment, transform } = require('./jest.config.cjs');

/**
 * `npm run test:unit`: the tests that mirror lib/, file by file and folder by folder. Each takes care of its own
 * database, in SQLite or in memory; tests on servers are skipped. A test that runs what is built in dist/ is called
 * `*.dist.test.ts` and left to `npm test`, which also runs the suites in the other folders. All of the command's tests
 * run the built command. @type {import('jest').Config}
 */
module.exports = {
  testMatch: [
    '<rootDir>/__tests__/*.test.ts',
    '<rootDir>/__tests__/{batch,crypto,database,express,observability,resilience,session}/**/*.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/', '\\.dist\\.test\\.ts$'],
  testEnvironment,
  transform,
  maxWorkers,
  globals: { withoutServers: true },
  testTimeout: 20_000,
};
