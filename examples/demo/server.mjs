/** The process that `npm start` runs. Stores sessions in a SQLite file, and listens on the loopback interface only. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import createKnex from 'knex';
import { createApp } from './app.mjs';
import { keysFrom } from './keys.mjs';
import { createSessions } from './sessions.mjs';

const file = process.env.DATABASE_FILE || fileURLToPath(new URL('sessions.sqlite', import.meta.url));
const port = process.env.PORT || '3000';

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
  fail(`PORT must be a number up to 65535, but is ${port}`);
}

try {
  mkdirSync(dirname(file), { recursive: true });
} catch (error) {
  fail(`Cannot keep sessions in ${file}: ${error.message}`);
}

const knex = createKnex({ client: 'better-sqlite3', connection: { filename: file }, useNullAsDefault: true });
// If the secret is lost, users have to log in again: data that fails to decrypt is treated as no session.
const secrets = await keysFrom('SESSION_STORE_SECRET', `${file}.secret`).catch((error) =>
  fail(error.message),
);
const keys = await keysFrom('SESSION_KEYS', `${file}.keys`).catch((error) => fail(error.message));

const sessions = createSessions(knex, secrets);
sessions.onError((error) => console.error(error));
await sessions.ready().catch((error) => fail(`Cannot keep sessions in ${file}: ${error.cause ?? error}`));

const app = createApp({ knex, sessions, keys, startedAt: new Date() });

const server = app.listen(Number(port), '127.0.0.1');
server.once('listening', () => {
  console.log(`The demo is at http://127.0.0.1:${server.address().port}`);
  console.log(`Sessions are stored in ${file} and survive a restart: press Ctrl+C, then run npm start.`);
});
server.once('error', (error) => {
  fail(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use: stop what listens there, or choose another one with PORT=3001 npm start`
      : `Cannot listen on port ${port}: ${error.message}`,
  );
});

let stopping = false;
const stop = async () => {
  // Ctrl+C under npm may send two signals: from the terminal, and from npm.
  if (stopping) return;
  stopping = true;
  // Requests have two seconds to finish. Idle connections of browsers would stay open for a minute.
  setTimeout(() => server.closeAllConnections(), 2000).unref();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await sessions.close();
  await knex.destroy();
};
process.on('SIGINT', stop).on('SIGTERM', stop);
