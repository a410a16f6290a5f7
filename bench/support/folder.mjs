/** Temporary folders, which end with this process. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const temporaryFolder = (name) => {
  const folder = mkdtempSync(join(tmpdir(), `sessions-bench-${name}-`));
  // A server that has just been killed may still have its files open.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
};
