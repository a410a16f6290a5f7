'use strict';

/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // jest.cluster.config.cjs runs these.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/cluster/'],
  testEnvironment: 'node',
  // Types are checked by `npm run check:types`.
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '__tests__/tsconfig.json', transpilation: true }] },
  globalSetup: '<rootDir>/__tests__/support/global-setup.ts',
  globalTeardown: '<rootDir>/__tests__/support/global-teardown.ts',
  // Compilers and servers on a busy machine take their time.
  testTimeout: 120_000,
  // One more than small machines have processors: most tests wait for their servers.
  maxWorkers: 3,
  // The command, and NODE_DEBUG, are tested as they are run: built, in processes of their own.
  collectCoverageFrom: ['lib/**/*.ts', '!lib/cli/**', '!lib/observability/debug-log.ts'],
  coverageDirectory: 'coverage',
  coverageReporters: ['text', 'lcov'],
  coverageThreshold: { global: { branches: 95, functions: 98, lines: 98, statements: 98 } },
};
