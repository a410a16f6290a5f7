'use strict';

const { testEnvironment, transform, testTimeout } = require('./jest.config.cjs');

/** What needs several servers, or more than npm brings: apart from `npm test`. @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/__tests__/cluster/**/*.test.ts'],
  testEnvironment,
  transform,
  testTimeout,
  // One cluster at a time is enough for one machine.
  maxWorkers: 1,
};
