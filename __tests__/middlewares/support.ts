/** What the tests of all middlewares share: an app with a table of its own, and what every session must do. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import knexModule, { type Knex } from 'knex';
import type { CreateKnexStoreOptions } from '../../lib';
import { createClient, startApp, type Answer, type App, type Client } from '../support/app';
import { mysql, newTableName, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

/** How an app loads the store: with `import`, or with `require`. */
export type Format = 'esm' | 'cjs';

/** A middleware, the app that uses it, and where it differs from the others. */
export interface Middleware {
  /**
   * A file in `apps/`, which answers `GET /` and `POST` to /login?user=, /visit, /regenerate and /logout; and to
   * /visit-slowly and /look-slowly, which have loaded their session and wait until /let-go.
   */
  app: string;
  cookie: string;
  /** Whether a response waits until its session is written. */
  awaitsWrites: boolean;
  /** Set where the row of a session that has ended is deleted a moment after the answer. */
  deletesLater?: true;
  /** Whether each request prolongs its session, so that only one that nobody uses ends. */
  prolongsByRequests?: true;
  /** The option for sessions that live for so many ms. */
  livingFor(ms: number): object;
  /** The option for cookies that reach the store as anybody sends them. */
  unsigned: object;
  /** When a session ends, in ms since the epoch, as its row tells. */
  endOf(row: StoredSession): number;
}

/** One row of the session table. */
interface StoredSession {
  id: string;
  data: Record<string, unknown>;
  /** Seconds since the epoch. */
  expires: number;
}

/** Where the sessions of an app lie. `url` is the name of a file for SQLite. */
export interface Place {
  client: string;
  url: string;
}

export interface Setting {
  format: Format;
  /** Without one, a SQLite file that is there for this setting alone. */
  place?: Place | undefined;
  /** Options of the middleware. */
  session?: object;
  /** Options of the store. */
  store?: CreateKnexStoreOptions;
}

type Visit = (cookies?: ReadonlyMap<string, string>) => Client;

/** A running app, its visitors and its table. */
export interface Scene {
  /** A new visitor; with the cookies of another, the same one, also after a restart. */
  visitor: Visit;
  /** Starts another process of the app, on the same table. @returns its visitors */
  beside(): Promise<Visit>;
  /** The rows of its table, the oldest end first; asked past the store. */
  rows(): Promise<StoredSession[]>;
  /** The only row. */
  row(): Promise<StoredSession>;
  /** Replaces the stored text of all sessions. */
  overwrite(data: string): Promise<void>;
  /** Deletes all rows. */
  clear(): Promise<void>;
  /** Makes SQLite refuse every change of the table from now on. */
  refuseWrites(): Promise<void>;
  /** Runs an assertion on what is stored: again and again, where the middleware does not wait for its writes. */
  stored(assertion: () => Promise<void>): Promise<void>;
  /** The same of what is stored after a logout. */
  deleted(assertion: () => Promise<void>): Promise<void>;
  /** Ends the app with a signal and starts it again. @returns the exit code; null if the signal ended it */
  restart(signal: NodeJS.Signals): Promise<number | null>;
  /** All that the app printed since it was started. */
  output(): string;
}

const cleanups: (() => Promise<unknown> | undefined)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const newSqliteFile = (): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-middlewares-'));
  cleanups.push(() => {
    rmSync(folder, { recursive: true });
    return undefined;
  });
  return { client: 'better-sqlite3', url: join(folder, 'sessions.sqlite') };
};

const connect = ({ client, url }: Place): Knex => {
  const knex = knexModule({ client, connection: url, useNullAsDefault: true });
  cleanups.push(() => knex.destroy());
  return knex;
};

const visit = (app: App, cookies: ReadonlyMap<string, string> = new Map()): Client => {
  const client = createClient(app.url);
  for (const [name, value] of cookies) client.cookies.set(name, value);
  return client;
};

/** Starts the app of a middleware; it ends, and its table goes, with the test. */
export const open = async (
  middleware: Middleware,
  { format, place = newSqliteFile(), session = {}, store = {} }: Setting,
): Promise<Scene> => {
  const tableName = newTableName();
  const knex = connect(place);
  cleanups.push(() => knex.schema.dropTableIfExists(tableName));

  const start = (): Promise<App> =>
    startApp(join('__tests__/middlewares/apps', middleware.app), {
      env: {
        FORMAT: format,
        DATABASE_CLIENT: place.client,
        DATABASE_URL: place.url,
        SESSION_OPTIONS: JSON.stringify(session),
        STORE_OPTIONS: JSON.stringify({ tableName, ...store }),
      },
    });

  let app = await start();
  cleanups.push(() => app.stop());

  const rows = async (): Promise<StoredSession[]> => {
    const found = await knex<{ id: string; data: string; expires: number | string }>(tableName)
      .select('id', 'data', 'expires')
      .orderBy('expires');
    return found.map(({ id, data, expires }) => ({
      id,
      // A row that has ended holds a session, or leads to one.
      data: Number(expires) < 0 ? {} : (JSON.parse(data) as Record<string, unknown>),
      // PostgreSQL's driver returns bigint as a string.
      expires: Number(expires),
    }));
  };

  return {
    visitor: (cookies) => visit(app, cookies),
    beside: async () => {
      const other = await start();
      cleanups.push(() => other.stop());
      return (cookies) => visit(other, cookies);
    },
    rows,
    row: async () => {
      const [row, ...others] = await rows();
      if (row === undefined || others.length > 0)
        throw new Error(`${others.length} other rows than expected`);
      return row;
    },
    overwrite: async (data) => {
      await knex(tableName).update({ data });
    },
    clear: async () => {
      await knex(tableName).delete();
    },
    refuseWrites: async () => {
      for (const change of ['insert', 'update', 'delete']) {
        const trigger = `create trigger ?? before ${change} on ?? begin select raise(abort, 'no more writes'); end`;
        await knex.raw(trigger, [`no_${change}`, tableName]);
      }
    },
    stored: (assertion) => (middleware.awaitsWrites ? assertion() : eventually(assertion)),
    deleted: (assertion) =>
      middleware.awaitsWrites && !middleware.deletesLater ? assertion() : eventually(assertion),
    restart: async (signal) => {
      const code = await app.stop(signal);
      app = await start();
      return code;
    },
    output: () => app.output(),
  };
};

/** Runs an assertion until it holds. @throws what it threw last, after 15 s */
export const eventually = async (assertion: () => Promise<void>): Promise<void> => {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(50);
  }
};

/** What an app answers about the session of a request. */
export interface Seen {
  user: string | null;
  visits: number;
}

const nobody: Seen = { user: null, visits: 0 };

/** @throws Error with the app's answer, if it is no success */
export const seen = (answer: Answer): Seen => {
  if (answer.status !== 200) throw new Error(`the app answered ${answer.status}: ${answer.text}`);
  return JSON.parse(answer.text) as Seen;
};

/** The `Set-Cookie` line of a cookie, if an answer has one. */
export const cookieLine = (answer: Answer, name: string): string | undefined =>
  answer.headers.getSetCookie().find((line) => line.startsWith(`${name}=`));

/** Everything that could be a session's id and is none. */
export const forgedIds = [
  'nobody',
  `' OR 1=1 --`,
  '%',
  '0',
  'null',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'ann'.repeat(300),
];

const brokenTexts = ['', '{"user":"ann"', 'null', '42', '"ann"', 'undefined', '[object Object]'];

/** What a user may expect of sessions, whatever the middleware, the format and the database. */
export const behavesAsSessions = (middleware: Middleware, setting: Setting): void => {
  const openWith = (session: object = {}): Promise<Scene> => open(middleware, { ...setting, session });

  it('logs in: the visitor gets a cookie, and the table a row', async () => {
    const scene = await openWith();
    const ann = scene.visitor();

    const answer = await ann.post('/login?user=ann');

    expect(seen(answer)).toEqual({ user: 'ann', visits: 0 });
    expect(cookieLine(answer, middleware.cookie)).toBeDefined();
    await scene.stored(async () => {
      expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 0 });
    });
  });

  it('stores nothing for visitors who do nothing', async () => {
    const scene = await openWith();
    await scene.visitor().post('/login?user=ann');
    await scene.stored(async () => {
      await scene.row();
    });

    const answer = await scene.visitor().get('/');

    expect(seen(answer)).toEqual(nobody);
    expect(cookieLine(answer, middleware.cookie)).toBeUndefined();
    await scene.row();
  });

  it('knows each visitor again', async () => {
    const scene = await openWith();
    const [ann, bob, stranger] = [scene.visitor(), scene.visitor(), scene.visitor()];
    await ann.post('/login?user=ann');
    await bob.post('/login?user=bob');

    await scene.stored(async () => {
      expect(seen(await ann.get('/')).user).toBe('ann');
      expect(seen(await bob.get('/')).user).toBe('bob');
    });
    expect(seen(await stranger.get('/'))).toEqual(nobody);
  });

  it('keeps what the app changes in a session', async () => {
    const scene = await openWith();
    const ann = scene.visitor();
    await ann.post('/login?user=ann');

    for (const visits of [1, 2, 3]) {
      await scene.stored(async () => {
        expect(seen(await ann.get('/'))).toEqual({ user: 'ann', visits: visits - 1 });
      });
      expect(seen(await ann.post('/visit'))).toEqual({ user: 'ann', visits });
    }

    await scene.stored(async () => {
      expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 3 });
    });
  });

  it('logs out: the row is gone, and a copy of the cookie is worth nothing', async () => {
    const scene = await openWith();
    const [ann, bob] = [scene.visitor(), scene.visitor()];
    await ann.post('/login?user=ann');
    await bob.post('/login?user=bob');
    await scene.stored(async () => {
      expect(await scene.rows()).toHaveLength(2);
    });
    const copy = scene.visitor(ann.cookies);

    const answer = await ann.post('/logout');

    expect(seen(answer)).toEqual(nobody);
    expect(ann.cookies.get(middleware.cookie)).toBeUndefined();
    await scene.deleted(async () => {
      expect((await scene.row()).data).toMatchObject({ user: 'bob' });
    });
    expect(seen(await copy.get('/'))).toEqual(nobody);
    expect(seen(await bob.get('/')).user).toBe('bob');
  });

  it('regenerates: the session moves to a new row, and a copy of the old cookie is worth nothing', async () => {
    const scene = await openWith();
    const ann = scene.visitor();
    await ann.post('/login?user=ann');
    let oldId = '';
    await scene.stored(async () => {
      oldId = (await scene.row()).id;
    });
    const copy = scene.visitor(ann.cookies);

    await ann.post('/regenerate');

    await scene.stored(async () => {
      const row = await scene.row();
      expect(row.id).not.toBe(oldId);
      expect(row.data).toMatchObject({ user: 'ann' });
    });
    expect(seen(await ann.get('/')).user).toBe('ann');
    expect(seen(await copy.get('/'))).toEqual(nobody);
  });

  it('ends a session when its time is over, and not before', async () => {
    const scene = await openWith(middleware.livingFor(1_500));
    const ann = scene.visitor();
    const loggedIn = Date.now();
    await ann.post('/login?user=ann');
    let end = 0;
    await scene.stored(async () => {
      end = middleware.endOf(await scene.row());
    });
    if (middleware.prolongsByRequests) await delay(end - Date.now());

    await eventually(async () => {
      expect(seen(await ann.get('/'))).toEqual(nobody);
    });

    expect(Date.now()).toBeGreaterThanOrEqual(end);
    expect(end).toBeGreaterThanOrEqual(loggedIn + 1_500);
    expect(seen(await ann.post('/login?user=ann')).user).toBe('ann');
  });

  it('keeps sessions when the app ends, or is killed, and starts again', async () => {
    const scene = await openWith();
    const ann = scene.visitor();
    await ann.post('/login?user=ann');

    // Asked to end, it writes what it has to and ends by itself: nothing of the store keeps it alive.
    expect(await scene.restart('SIGTERM')).toBe(0);
    const annAgain = scene.visitor(ann.cookies);
    expect(seen(await annAgain.get('/')).user).toBe('ann');
    await annAgain.post('/visit');
    await scene.stored(async () => {
      expect((await scene.row()).data).toMatchObject({ visits: 1 });
    });

    expect(await scene.restart('SIGKILL')).toBeNull();
    expect(seen(await scene.visitor(annAgain.cookies).get('/'))).toEqual({ user: 'ann', visits: 1 });
  });

  it('gives no session for a cookie that it never gave', async () => {
    const scene = await openWith(middleware.unsigned);
    await scene.visitor().post('/login?user=ann');
    await scene.stored(async () => {
      await scene.row();
    });

    for (const id of forgedIds) {
      const forger = scene.visitor(new Map([[middleware.cookie, id]]));
      expect(seen(await forger.get('/'))).toEqual(nobody);
    }
    expect((await scene.row()).data).toMatchObject({ user: 'ann' });
  });

  it('gives a fresh session, not an error, where a row cannot be decoded', async () => {
    const scene = await openWith();
    const ann = scene.visitor();

    for (const text of brokenTexts) {
      expect(seen(await ann.post('/login?user=ann')).user).toBe('ann');
      await scene.stored(async () => {
        expect((await scene.rows()).some(({ data }) => data.user === 'ann')).toBe(true);
      });
      await scene.overwrite(text);
      expect(seen(await ann.get('/'))).toEqual(nobody);
      await scene.clear();
    }
  });
};

/** Every test with the store loaded by `import`, and again with the store loaded by `require`. */
export const describeFormats = (tests: (format: Format) => void): void => {
  describe('with the store loaded by import', () => {
    tests('esm');
  });
  describe('with the store loaded by require', () => {
    tests('cjs');
  });
};

/** Tests on each of the database servers that there are. */
export const describeServers = (tests: (place: Place) => void): void => {
  onEachDatabase([postgres(), mysql()], ({ client, connection }) => {
    tests({ client, url: String(connection) });
  });
};

/** The common behaviour again on the database servers that there are. */
export const behavesOnServers = (middleware: Middleware, format: Format): void => {
  describeServers((place) => {
    behavesAsSessions(middleware, { format, place });
  });
};
