/**
 * A copy that meets its app at the worst moment: when it knows already that a session is not in the new table, and has
 * not put it there yet. That is when sessions are encoded, so that their `toJSON` is the app here.
 */

import Database from 'better-sqlite3';
import { copySessions } from '../../../../examples/migrating/copy.mjs';

const { DATABASE_URL, TABLE_NAME } = process.env;
const hour = 3_600_000;
const app = new Database(DATABASE_URL);

const old = new Map();
const meanwhile = {
  idle: () => undefined,
  changed: () => {
    app
      .prepare(`INSERT INTO "${TABLE_NAME}" (id, data, expires) VALUES ('changed', '{"by":"the app"}', ?)`)
      .run(Math.floor((Date.now() + hour) / 1000));
  },
  ended: () => {
    old.delete('ended');
    app.exec(`DELETE FROM "${TABLE_NAME}" WHERE id = 'ended'`);
  },
};
for (const [sid, happens] of Object.entries(meanwhile)) {
  const toJSON = () => {
    happens();
    return { by: 'the copy' };
  };
  old.set(sid, { toJSON });
}

const source = {
  name: 'a map',
  *batches() {
    yield [...old].map(([sid, session]) => ({ sid, session, ttl: hour }));
  },
  remaining: (sids) => sids.filter((sid) => old.has(sid)),
  close: () => app.close(),
};
process.exitCode = await copySessions(source, {
  options: { tableName: TABLE_NAME },
  batchSize: 10,
  dryRun: false,
});
