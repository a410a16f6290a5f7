/** Loads the files that an operator names: CommonJS or ES modules, that export a value, a promise or a function. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { redacted, saidBy, usageError } from './failure';

/** What Node says of a file that `require` cannot load because it is, or uses, an ES module. */
const isForImport = (error: unknown): boolean =>
  ['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE'].includes(
    String((error as { code?: unknown } | null)?.code),
  );

/**
 * With `require` where that can be, as Knex's own command line does: what has been registered for it (ts-node, say)
 * works here, too.
 */
const loadModule = async (file: string): Promise<unknown> => {
  const require = createRequire(file);
  const byImport = (): Promise<unknown> => import(pathToFileURL(file).href);
  const extension = extname(file);
  // Without a loader of its own, `require` takes every file for JavaScript.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- loaders register themselves there
  if (extension === '.mjs' || !(extension in require.extensions || extension === '.cjs')) return byImport();
  try {
    return require(file) as unknown;
  } catch (error) {
    if (!isForImport(error)) throw error;
    return byImport();
  }
};

const loaderHint =
  "Node cannot load TypeScript by itself here: give it a loader, as in NODE_OPTIONS='--import tsx', or build the file";

/**
 * What a file exports by default, or as `module.exports`: a promise is awaited, a function is called.
 *
 * @param what it is called in errors, such as 'the knexfile'
 * @throws CommandError if there is no such file, if it fails, or has no such export
 */
export const loadExport = async (file: string, what: string): Promise<unknown> => {
  if (!existsSync(file)) throw usageError(`there is no file ${file} (${what})`);
  let exported: unknown;
  try {
    const loaded = await loadModule(file);
    exported = (await (loaded as { default?: unknown } | null | undefined)?.default) ?? loaded;
    if (typeof exported === 'function') exported = await (exported as () => unknown)();
  } catch (error) {
    const isUnknown = (error as { code?: unknown } | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    throw usageError(`${what} ${file} cannot be loaded: ${isUnknown ? loaderHint : reason(error)}`, error);
  }
  if (types.isModuleNamespaceObject(exported)) {
    throw usageError(`${what} ${file} has no default export: write \`export default { ... }\``);
  }
  return exported;
};

/** The first line: Node adds the modules that required this one, and where a file has its error. */
const reason = (error: unknown): string => {
  const kind = error instanceof SyntaxError ? 'SyntaxError: ' : '';
  return kind + redacted(saidBy(error).split('\n')[0] ?? '');
};
