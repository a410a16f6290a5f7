/** No server, but a folder for SQLite's files. */

import { temporaryFolder } from '../support/folder.mjs';

export const startSqlite = () => ({ folder: temporaryFolder('sqlite'), stop: () => undefined });
