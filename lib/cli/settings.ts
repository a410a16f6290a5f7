/** The store's options for the command: those of `--options`, the app's own, and `--table`. */

import { resolve } from 'node:path';
import { isObject } from '../is-object';
import { resolveOptions, type CreateKnexStoreOptions, type StoreOptions } from '../options';
import { saidBy, usageError } from './failure';
import { loadExport } from './modules';

const load = async (file: string): Promise<CreateKnexStoreOptions> => {
  const options = await loadExport(file, 'the options file');
  if (isObject(options)) return options;
  throw usageError(
    `the options file ${file} must export the options of createKnexStore: an object, a promise or a function`,
  );
};

/** Where the options are: resolved before the working directory changes to the knexfile's folder. */
export const optionsFileOf = (given: string | undefined): string | undefined =>
  given === undefined ? undefined : resolve(given);

/**
 * @param file the path of a module that exports the options which the app passes to `createKnexStore`
 * @param tableName what `--table` says: counts more than the file's
 * @throws CommandError that says which option is wrong
 */
export const loadSettings = async (
  file: string | undefined,
  tableName: string | undefined,
): Promise<Readonly<StoreOptions>> => {
  const given = file === undefined ? {} : await load(file);
  const checked = (options: CreateKnexStoreOptions, source: string): Readonly<StoreOptions> => {
    try {
      return resolveOptions(options);
    } catch (error) {
      throw usageError(`${source}: ${saidBy(error)}`, error);
    }
  };
  if (tableName !== undefined) checked({ tableName }, '--table');
  return checked(
    tableName === undefined ? given : { ...given, tableName },
    `the options file ${String(file)}`,
  );
};
