/** No character ends a string of SQL, in any character set of mysql2 and any mode of the server. */

import { isDeepStrictEqual } from 'node:util';
import { Charsets } from 'mysql2';
import type { Knex } from 'knex';
import type { Codec } from '../../lib';
import { mysql } from '../support/databases';
import { onEachDatabase, type DatabaseFixture } from '../support/each-database';

/** As devalue and superjson write them: all characters as they are. */
const codec: Codec = { encode: JSON.stringify, decode: (text) => JSON.parse(text) as object };

const codePoints = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, n) => String.fromCodePoint(from + n)).join('');
/** Every character of the basic plane but NUL and the surrogates, and some of the others. */
const characters = codePoints(1, 0xd800) + codePoints(0xe000, 0x1_0000) + codePoints(0x1_f600, 0x1_f650);
const session = { user: `admin${characters}`, text: "\\' OR 1=1 -- " };
// All visible characters, and one for digests.
const sids = [codePoints(33, 127), "',9999999999),('admin", characters];

const settings = (database: DatabaseFixture, charset: string, modes = ''): Knex.Config => {
  const { hostname, port, username, password, pathname } = new URL(String(database.connection));
  return {
    connection: {
      ...{ host: hostname, port: Number(port || 3306), database: pathname.slice(1), charset },
      ...{ user: decodeURIComponent(username), password: decodeURIComponent(password) },
    },
    pool: {
      min: 0,
      max: 2,
      afterCreate: (
        connection: { query: (sql: string, done: (error: unknown) => void) => void },
        done: (error: unknown, connection: unknown) => void,
      ) => {
        connection.query(`SET SESSION sql_mode = '${modes}'`, (error) => {
          done(error, connection);
        });
      },
    },
  };
};

onEachDatabase([mysql()], (database) => {
  /** Every method that sends a value, beside a row that none of them may change. */
  const expectNoHarm = async (knex: Knex, isReadable = true): Promise<void> => {
    const bystander = { id: 'admin', data: '{"n":1}', expires: 9_999_999_999, user_id: 'other' };
    const options = {
      codec,
      userId: ({ user }: { user?: string }) => user,
      timestamps: false,
      gcFrequency: 0,
    };
    const store = database.open(options, knex);
    await store.ready();
    await database.table().insert(bystander);
    await Promise.all(sids.map((sid) => store.set(sid, session)));
    const loaded = await Promise.all(sids.map((sid) => store.get(sid)));
    const changed = { ...session, n: 1 };
    await Promise.all(
      sids.map((sid, n) => store.set(sid, Object.assign(loaded[n] ?? { ...session }, { n: 1 }))),
    );
    await Promise.all(sids.map((sid) => store.touch(sid, 1_000_000)));
    const sessions = [
      ...(await Promise.all(sids.map((sid) => store.get(sid)))),
      ...(await store.sessionsOf(session.user)).map((found) => found.session),
    ];
    // A failure would print them.
    expect(sessions.map((found) => isDeepStrictEqual(found, changed))).not.toContain(!isReadable);
    await store.destroy(sids[0] ?? '');
    expect(await store.destroyAllOf(session.user)).toBe(sids.length - 1);
    expect(await database.table().select()).toEqual([bystander]);
  };

  /** What the driver cannot write SQL in, or does not return the same text in, or servers take from no client. */
  const unusable = [
    ...['BINARY', 'SJIS', 'ARMSCII8', 'DEC8', 'HP8', 'SWE7', 'KEYBCS2', 'GEOSTD8', 'EUCJPMS'],
    ...['UCS2', 'UTF16', 'UTF16LE', 'UTF32'],
  ];
  const charsets = Object.keys(Charsets).filter((name) => !name.includes('_') && !unusable.includes(name));

  test.each(charsets)('every character, over a connection in %s', async (charset) => {
    await expectNoHarm(database.connect(settings(database, charset)));
  });

  test.each(['BINARY', 'SJIS'])(
    'no harm, over a connection in %s, which does not return the same text',
    async (charset) => {
      await expectNoHarm(database.connect(settings(database, charset)), false);
    },
  );

  test.each(['utf8mb4', 'latin1'])(
    'every character, in modes that change what quotes are, in %s',
    async (charset) => {
      const modes = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,STRICT_ALL_TABLES';
      await expectNoHarm(database.connect(settings(database, charset, modes)));
    },
  );
});
