/** Finds the knexfile and the configuration of an environment in it, as Knex's own command line does. */

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { isObject } from '../is-object';
import { usageError } from './failure';
import { loadExport } from './modules';

export interface Configuration {
  /** The knexfile's path; its folder is where relative paths in it begin. */
  readonly file: string;
  /** The environment; undefined where the knexfile is one configuration for all. */
  readonly environment: string | undefined;
  readonly config: Knex.Config;
}

const defaultNames = ['js', 'cjs', 'mjs', 'ts'].map((extension) => `knexfile.${extension}`);

/**
 * In this folder, or in the nearest one above that has any.
 *
 * @throws CommandError if there is none
 */
const findKnexfile = (folder: string): string => {
  for (let at = folder; ; at = dirname(at)) {
    const file = defaultNames.map((name) => join(at, name)).find((path) => existsSync(path));
    if (file !== undefined) return file;
    if (dirname(at) === at) break;
  }
  throw usageError(
    `there is no knexfile in ${folder} or above (${defaultNames.join(', ')}): name it with --knexfile <path>`,
  );
};

/**
 * @param given what `--knexfile` says, if it was given; relative to the working directory
 * @returns the path of the knexfile
 */
export const knexfileOf = (given: string | undefined): string =>
  given === undefined ? findKnexfile(process.cwd()) : resolve(given);

const isConfig = (value: Record<string, unknown>): boolean => 'client' in value || 'dialect' in value;

/**
 * The configuration of an environment; or all of the file, where it has no environments.
 *
 * @param environment what `--env` says, or else `NODE_ENV`, or else 'development'
 * @throws CommandError that lists the environments there are
 */
export const loadConfiguration = async (file: string, environment: string): Promise<Configuration> => {
  const exported = await loadExport(file, 'the knexfile');
  if (!isObject(exported))
    throw usageError(`the knexfile ${file} must export an object, a promise or a function`);
  const own = Object.entries(exported).find(([name]) => name === environment)?.[1];
  if (isObject(own)) return checked({ file, environment, config: own });
  if (isConfig(exported)) return checked({ file, environment: undefined, config: exported });
  const names = Object.entries(exported).flatMap(([name, value]) =>
    isObject(value) && isConfig(value) ? [name] : [],
  );
  throw usageError(
    `the knexfile ${file} has no environment '${environment}': ` +
      (names.length === 0 ? 'it has none at all' : `choose one with --env (${names.join(', ')})`),
  );
};

const checked = (configuration: Configuration): Configuration => {
  const { client, dialect, connection, connectionPool } = configuration.config as Record<string, unknown>;
  if (client === undefined && dialect === undefined)
    throw usageError(`${placeOf(configuration)} has no \`client\``);
  if (connection === undefined && connectionPool === undefined) {
    const hint = 'is the variable set that it comes from?';
    throw usageError(`${placeOf(configuration)} has no \`connection\`: ${hint}`);
  }
  return configuration;
};

/** Where the configuration is, in words. */
export const placeOf = ({ file, environment }: Pick<Configuration, 'file' | 'environment'>): string =>
  `the knexfile ${file}${environment === undefined ? '' : ` (environment '${environment}')`}`;
