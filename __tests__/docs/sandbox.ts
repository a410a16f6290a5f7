/** Where code blocks run: a user's project with the packed package, and folders in it for one block or document each. */

import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInstalledProject, type Project } from '../package/support';
import { startProgram, type Ended } from '../cli/support';
import { root } from './documents';

/** What users have beside the package. Old versions have names of their own here, which only preambles use. */
const packages = [
  ...['better-sqlite3', 'knex', 'mysql2', 'pg', '@types/node'],
  ...['koa', 'koa-2', 'koa-1', 'koa-session', 'koa-session-minimal'],
  ...['koa-generic-session', 'koa-generic-session-1', 'express', 'express-session', 'koa-redis'],
  '@opentelemetry/api',
];

export interface Sandbox {
  /** A new folder. */
  folder(): string;
  /** Runs a program in a folder to its end. */
  run(program: readonly [string, ...string[]], folder: string, env?: NodeJS.ProcessEnv): Promise<Ended>;
  remove(): void;
}

/** What the documents take from the environment. */
export const environment = (): NodeJS.ProcessEnv => ({
  DATABASE_URL: process.env.POSTGRES_URL,
  SESSION_KEY: 'a key for the cookies of the tests',
  SESSION_STORE_SECRET: 'OjAbSWPyKH0ZUHo0Y9ajnSjRaYiK4MWWF1eGmx0YW5E=',
  OLD_SECRET: 'OjAbSWPyKH0ZUHo0Y9ajnSjRaYiK4MWWF1eGmx0YW5E=',
  NEW_SECRET: 'X4sMcuRo2Xo4DLKtqmiPXe4zAlfvhphEpQjPBCcRZlY=',
});

export const createSandbox = async (): Promise<Sandbox> => {
  const project: Project = await createInstalledProject(packages);
  return {
    folder: () => mkdtempSync(join(project.folder, 'block-')),
    run: (program, folder, env = {}) =>
      startProgram(program, folder, {
        PATH: `${join(project.folder, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
        ...environment(),
        ...env,
      }).ended,
    remove: () => {
      project.remove();
    },
  };
};

/** Puts into the folder of a page what such pages tell their readers to copy. */
export const copyExamples = (folder: string): void => {
  const copy = (from: string, to: string): void => {
    cpSync(join(root, 'examples', from), join(folder, to), { recursive: true });
  };
  copy('migrating', 'migrating');
  copy('opentelemetry/sessions.mjs', 'sessions.mjs');
};

/** Writes a file, and the folders that it lies in. */
export const write = (folder: string, file: string, text: string): string => {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};
