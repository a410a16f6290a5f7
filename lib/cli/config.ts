/** Loads the knexfile and the options file. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { Knex } from 'knex';
import { isObject } from '../errors';
import { resolveOptions } from '../options';
import type { CreateKnexStoreOptions, StoreOptions } from '../types';
import { codeOf, messageOf, usageError } from './failure';

export interface Configuration {
  /** The knexfile's path. Relative paths in it start in its folder. */
  readonly file: string;
  /** Undefined if the knexfile is a single configuration without environments. */
  readonly environment: string | undefined;
  readonly config: Knex.Config;
}

/** @returns as in "the knexfile /app/knexfile.js (environment 'staging')" */
export const placeOf = ({ file, environment }: Omit<Configuration, 'config'>): string =>
  `the knexfile ${file}${environment === undefined ? '' : ` (environment '${environment}')`}`;

const knexfileNames = ['js', 'cjs', 'mjs', 'ts'].map((extension) => `knexfile.${extension}`);

/**
 * The nearest knexfile, in this folder or above, as Knex's own command finds it.
 *
 * @throws CommandError if there is none
 */
export const findKnexfile = (folder: string): string => {
  for (let at = folder; ; at = dirname(at)) {
    const file = knexfileNames.map((name) => join(at, name)).find((path) => existsSync(path));
    if (file !== undefined) return file;
    if (dirname(at) === at) break;
  }
  throw usageError(
    `there is no knexfile in ${folder} or above (${knexfileNames.join(', ')}): pass one with --knexfile <path>`,
  );
};

const isConfig = (value: Record<string, unknown>): boolean => 'client' in value || 'dialect' in value;

/**
 * The configuration of an environment, or the whole export if it is a configuration itself.
 *
 * @throws CommandError that lists the environments of the knexfile, or names what the configuration lacks
 */
export const loadKnexfile = async (file: string, environment: string): Promise<Configuration> => {
  const exported = await loadExport(file, 'the knexfile');
  if (!isObject(exported)) {
    throw usageError(`the knexfile ${file} must export an object, a promise or a function`);
  }
  const own = Object.entries(exported).find(([name]) => name === environment)?.[1];
  if (isObject(own)) return checked({ file, environment, config: own });
  if (isConfig(exported)) return checked({ file, environment: undefined, config: exported });
  const names = Object.entries(exported).flatMap(([name, value]) =>
    isObject(value) && isConfig(value) ? [name] : [],
  );
  throw usageError(
    `the knexfile ${file} has no environment '${environment}': ` +
      (names.length === 0 ? 'it defines none' : `choose one with --env (${names.join(', ')})`),
  );
};

const checked = (configuration: Configuration): Configuration => {
  const { client, dialect, connection, connectionPool } = configuration.config as Record<string, unknown>;
  if (client === undefined && dialect === undefined) {
    throw usageError(`${placeOf(configuration)} has no \`client\``);
  }
  if (connection === undefined && connectionPool === undefined) {
    throw usageError(`${placeOf(configuration)} has no \`connection\`: is its environment variable set?`);
  }
  return configuration;
};

/**
 * The store's options.
 *
 * @param file the path of a module that exports the app's options; undefined: defaults
 * @param tableName overrides the file's
 * @throws CommandError that names the invalid option
 */
export const loadOptions = async (
  file: string | undefined,
  tableName: string | undefined,
): Promise<Readonly<StoreOptions>> => {
  const resolved = (options: CreateKnexStoreOptions, source: string): Readonly<StoreOptions> => {
    try {
      return resolveOptions(options);
    } catch (error) {
      throw usageError(`${source}: ${messageOf(error)}`, error);
    }
  };
  const fromTable = tableName === undefined ? {} : { tableName };
  const checkedTable = resolved(fromTable, '--table');
  if (file === undefined) return checkedTable;
  const exported = await loadExport(file, 'the options file');
  if (isObject(exported)) {
    return resolved(
      tableName === undefined ? exported : { ...exported, tableName },
      `the options file ${file}`,
    );
  }
  throw usageError(
    `the options file ${file} must export the options of createKnexStore: an object, a promise or a function`,
  );
};

/**
 * A file's default export, or `module.exports`. A promise is awaited; a function is called.
 *
 * @param what the file's role in errors, such as 'the knexfile'
 * @throws CommandError if the file does not exist, throws, or has no default export
 */
const loadExport = async (file: string, what: string): Promise<unknown> => {
  if (!existsSync(file)) throw usageError(`there is no file ${file} (${what})`);
  let exported: unknown;
  try {
    const loaded = await loadModule(file);
    exported = (await (loaded as { default?: unknown } | null | undefined)?.default) ?? loaded;
    if (typeof exported === 'function') exported = await (exported as () => unknown)();
  } catch (error) {
    throw usageError(`${what} ${file} cannot be loaded: ${reasonOf(error)}`, error);
  }
  if (types.isModuleNamespaceObject(exported)) {
    throw usageError(`${what} ${file} has no default export: write \`export default { ... }\``);
  }
  return exported;
};

/** Uses `require` where possible, as Knex's own command does, so loaders registered for it (ts-node) work. */
const loadModule = async (file: string): Promise<unknown> => {
  const require = createRequire(file);
  const byImport = (): Promise<unknown> => import(pathToFileURL(file).href);
  const extension = extname(file);
  // `require` reads a file of an unknown type as JavaScript.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- loaders register themselves there
  if (extension === '.mjs' || !(extension in require.extensions || extension === '.cjs')) return byImport();
  try {
    return require(file) as unknown;
  } catch (error) {
    const isEsModule = ['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE'].includes(String(codeOf(error)));
    if (isEsModule) return byImport();
    throw error;
  }
};

/** The first line of the message. Node appends the stack of `require` calls, or an excerpt of the file. */
const reasonOf = (error: unknown): string => {
  if (codeOf(error) === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return "this Node.js cannot load TypeScript: add a loader, e.g. NODE_OPTIONS='--import tsx', or compile the file";
  }
  const kind = error instanceof SyntaxError ? 'SyntaxError: ' : '';
  return kind + String(messageOf(error).split('\n')[0]);
};
