/** Small programs on the built package, as processes of their own. */

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** @returns what it printed @throws if it fails */
export const runProgram = (
  program: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ stdout: string; stderr: string }> =>
  new Promise((settle, reject) => {
    const { NODE_DEBUG: _inherited, ...inherited } = process.env;
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: resolve(__dirname, '../..'), env: { ...inherited, ...env } },
      (error, stdout, stderr) => {
        if (error === null) settle({ stdout, stderr });
        else reject(new Error(stderr, { cause: error }));
      },
    );
  });
