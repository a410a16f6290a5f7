/** Finds a program: on the path, and where distributions put servers that are not on everybody's path. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const folders = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
];

/** @returns its path, or undefined */
export const find = (program) =>
  folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
