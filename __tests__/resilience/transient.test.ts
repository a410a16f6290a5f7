/** Which failures pass by themselves: as real databases and drivers report them, where these can be made to fail. */

import knexModule, { type Knex } from 'knex';
import { isLockTimeout, isTransient, mayHaveWorked, transientKind } from '../../lib/resilience/transient';
import { execute as run, limitsFor } from '../../lib/database/execute';
import {
  betterSqlite3,
  describeOn,
  mysql,
  newTableName,
  postgres,
  sqlite3,
  type Database,
} from '../support/databases';
import { createGate, type Gate } from '../support/gate';
import { freePort } from '../support/places';

const quiet = { warn: () => undefined, error: () => undefined, debug: () => undefined };

/** The error with which a statement of the store would fail. */
const failureOf = async (
  knex: Knex | Knex.Transaction,
  sql: string,
  bindings: readonly Knex.RawBinding[] = [],
) =>
  run(knex.raw(sql, bindings)).then(
    () => {
      throw new Error(`expected a failure of ${sql}`);
    },
    (error: unknown) => error,
  );

/** What locks are tried on. */
const twoRows = [
  { id: 'a', n: 1 },
  { id: 'b', n: 1 },
];
const update = 'update ?? set n = n + 1 where id = ?';

/** How two transactions fail that wait for each other's rows. */
const failuresOfDeadlock = async (
  one: Knex.Transaction,
  other: Knex.Transaction,
  tableName: string,
): Promise<unknown[]> => {
  await one.raw(update, [tableName, 'a']);
  await other.raw(update, [tableName, 'b']);
  const results = await Promise.allSettled([
    run(one.raw(update, [tableName, 'b'])).finally(() => one.rollback()),
    run(other.raw(update, [tableName, 'a'])).finally(() => other.rollback()),
  ]);
  const errors = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  return errors;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Until something holds: what others do to a database takes its time. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(10);
};

describe('a server that cannot be reached', () => {
  const connections: Record<string, (host: string, port: number) => Knex.Config> = {
    pg: (host, port) => ({ client: 'pg', connection: { host, port, user: 'u', database: 'd' } }),
    mysql2: (host, port) => ({ client: 'mysql2', connection: { host, port, user: 'u', database: 'd' } }),
  };

  for (const [client, configOf] of Object.entries(connections)) {
    // Where `localhost` has several addresses, Node's error is one of many, without a message.
    for (const host of ['127.0.0.1', 'localhost']) {
      test(`${client}: refused at ${host}`, async () => {
        const knex = knexModule({ ...configOf(host, await freePort()), log: quiet });
        const error = await failureOf(knex, 'select 1');
        await knex.destroy();
        expect(error).toMatchObject({ code: 'ECONNREFUSED' });
        expect(isTransient(error)).toBe(true);
      });
    }

    test(`${client}: its name is not known`, async () => {
      const knex = knexModule({ ...configOf('no-such-host.invalid', 1), log: quiet });
      const error = await failureOf(knex, 'select 1');
      await knex.destroy();
      expect((error as { code: unknown }).code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
      expect(isTransient(error)).toBe(true);
    });
  }
});

/** What can happen to a connection, whatever the database behind it; `sleep` takes its time there. */
const describeConnections = (
  database: Database,
  config: (url: string) => Knex.Config,
  sleep: string,
): void => {
  describe('a connection', () => {
    let gate: Gate;
    const opened: Knex[] = [];

    const connect = (more: Knex.Config = {}): Knex => {
      const knex = knexModule({ pool: { min: 0, max: 1 }, log: quiet, ...config(gate.url), ...more });
      opened.push(knex);
      return knex;
    };

    beforeEach(async () => {
      gate = await createGate(String(database.connection));
      await gate.open();
    });

    afterEach(async () => {
      await gate.shut();
      await Promise.all(opened.splice(0).map((knex) => knex.destroy()));
    });

    test('that is lost while its statement runs', async () => {
      const knex = connect();
      await knex.raw('select 1');
      const failure = failureOf(knex, sleep);
      await pause(200);
      await gate.shut();
      const error = await failure;
      expect([error, isTransient(error)]).toEqual([error, true]);
    });

    test('that is lost between two statements', async () => {
      const knex = connect();
      await knex.raw('select 1');
      await gate.shut();
      const error = await failureOf(knex, 'select 1');
      expect([error, isTransient(error)]).toEqual([error, true]);
    });

    test('that is lost under a transaction between two statements', async () => {
      const knex = connect();
      const trx = await knex.transaction();
      await trx.raw('select 1');
      await gate.shut();
      await pause(50);
      const error = await failureOf(trx, 'select 1');
      await trx.rollback().catch(() => undefined);
      expect([error, isTransient(error)]).toEqual([error, true]);
    });

    test('that is taken, and then nothing is said', async () => {
      await gate.stall();
      const error = await failureOf(connect({ acquireConnectionTimeout: 200 }), 'select 1');
      expect((error as Error).message).toMatch(/Timeout acquiring a connection/);
      expect(isTransient(error)).toBe(true);
    });

    test('that a full pool does not give', async () => {
      const knex = connect({ acquireConnectionTimeout: 200 });
      const trx = await knex.transaction();
      const error = await failureOf(knex, 'select 1');
      await trx.rollback();
      expect((error as Error).message).toMatch(/The pool is probably full/);
      expect(isTransient(error)).toBe(true);
    });
  });
};

describeOn(postgres(), () => {
  const database = postgres();
  let knex: Knex;
  let tableName: string;

  beforeAll(async () => {
    knex = database.connect({ log: quiet });
    tableName = newTableName();
    await knex.raw('create table ?? (id text primary key, n integer not null)', [tableName]);
    await knex(tableName).insert(twoRows);
  });

  afterAll(async () => {
    await knex.schema.dropTable(tableName);
    await knex.destroy();
  });

  describeConnections(database, (url) => ({ client: 'pg', connection: url }), 'select pg_sleep(20)');

  test('a connection that the driver gives up passes', async () => {
    const gate = await createGate(String(database.connection));
    await gate.stall();
    const connection = { connectionString: gate.url, connectionTimeoutMillis: 200 };
    const impatient = knexModule({ client: 'pg', connection, log: quiet });
    const error = await failureOf(impatient, 'select 1');
    await impatient.destroy();
    await gate.shut();
    expect([error, isTransient(error)]).toEqual([error, true]);
  });

  test('a backend that an administrator ends passes', async () => {
    const own = database.connect({ log: quiet });
    const failure = failureOf(own, 'select pg_sleep(20) as ended_by_an_administrator');
    await until(async () => {
      const { rows } = await knex.raw<{ rows: unknown[] }>(
        'select pg_terminate_backend(pid) from pg_stat_activity where query like ? and pid <> pg_backend_pid()',
        ['%ended_by_an_administrator%'],
      );
      return rows.length > 0;
    });
    const error = await failure;
    await own.destroy();
    expect(error).toMatchObject({ code: '57P01' });
    expect(isTransient(error)).toBe(true);
  });

  test('a deadlock passes', async () => {
    const [one, other] = [await knex.transaction(), await knex.transaction()];
    for (const trx of [one, other]) await trx.raw("set local deadlock_timeout = '50ms'");
    const errors = await failuresOfDeadlock(one, other, tableName);
    expect(errors).toEqual([expect.objectContaining({ code: '40P01' })]);
    expect(errors.map(isTransient)).toEqual([true]);
  });

  test('a serialization failure passes', async () => {
    const trx = await knex.transaction(undefined, { isolationLevel: 'repeatable read' });
    await trx(tableName).select();
    await knex.raw(update, [tableName, 'a']);
    const error = await failureOf(trx, update, [tableName, 'a']);
    await trx.rollback();
    expect(error).toMatchObject({ code: '40001' });
    expect(isTransient(error)).toBe(true);
  });

  test('a lock that does not come in time passes', async () => {
    const [holder, waiter] = [await knex.transaction(), await knex.transaction()];
    await holder.raw(update, [tableName, 'a']);
    await waiter.raw("set local lock_timeout = '50ms'");
    const error = await failureOf(waiter, update, [tableName, 'a']);
    await Promise.all([holder.rollback(), waiter.rollback()]);
    expect(error).toMatchObject({ code: '55P03' });
    expect(isTransient(error)).toBe(true);
  });

  test('a write on a read-only server, as after a failover, passes', async () => {
    const trx = await knex.transaction(undefined, { readOnly: true });
    const error = await failureOf(trx, update, [tableName, 'a']);
    await trx.rollback();
    expect(error).toMatchObject({ code: '25006' });
    expect(isTransient(error)).toBe(true);
  });

  test('too many connections pass', async () => {
    const role = newTableName();
    await knex.raw(`create role ?? login password 'p' connection limit 1`, [role]);
    const url = new URL(String(database.connection));
    [url.username, url.password] = [role, 'p'];
    const one = knexModule({ client: 'pg', connection: url.href, log: quiet });
    const trx = await one.transaction();
    const other = knexModule({ client: 'pg', connection: url.href, log: quiet });
    const error = await failureOf(other, 'select 1');
    await trx.rollback();
    await Promise.all([one.destroy(), other.destroy()]);
    await knex.raw('drop role ??', [role]);
    expect(error).toMatchObject({ code: '53300' });
    expect(isTransient(error)).toBe(true);
  });

  const lasting: Record<string, [code: string, sql: string]> = {
    'an unknown table': ['42P01', 'select 1 from no_such_table'],
    'an unknown column': ['42703', 'select no_such_column from ??'],
    'a row that is there already': ['23505', "insert into ?? values ('a', 1)"],
    'a missing value': ['23502', "insert into ?? values ('c', null)"],
    'a value that is no number': ['22P02', "insert into ?? values ('c', 'x'::text::integer)"],
    'what is no SQL': ['42601', 'selekt 1'],
  };

  for (const [name, [code, sql]] of Object.entries(lasting)) {
    test(`${name} does not pass`, async () => {
      const own = database.connect({ log: quiet });
      const error = await failureOf(own, sql, sql.includes('??') ? [tableName] : []);
      await own.destroy();
      expect(error).toMatchObject({ code });
      expect(isTransient(error)).toBe(false);
    });
  }

  test('a statement that its time limit has ended passes: it may have waited for a lock', async () => {
    const own = database.connect({ log: quiet });
    const error = await failureOf(own, "set statement_timeout = '20ms'; select pg_sleep(20)");
    await own.destroy();
    expect(error).toMatchObject({ code: '57014' });
    expect(isTransient(error)).toBe(true);
  });

  test('a wrong password and an unknown database do not pass', async () => {
    const wrong: Record<string, (url: URL) => void> = {
      '28P01': (url) => (url.password = 'wrong'),
      '3D000': (url) => (url.pathname = '/no_such_database'),
    };
    for (const [code, change] of Object.entries(wrong)) {
      const url = new URL(String(database.connection));
      change(url);
      const own = knexModule({ client: 'pg', connection: url.href, log: quiet });
      const error = await failureOf(own, 'select 1');
      await own.destroy();
      expect(error).toMatchObject({ code });
      expect(isTransient(error)).toBe(false);
    }
  });
});

describeOn(mysql(), () => {
  const database = mysql();
  let knex: Knex;
  let tableName: string;

  beforeAll(async () => {
    knex = database.connect({ log: quiet });
    tableName = newTableName();
    await knex.raw('create table ?? (id varchar(9) primary key, n integer not null) engine = InnoDB', [
      tableName,
    ]);
    await knex(tableName).insert(twoRows);
  });

  afterAll(async () => {
    await knex.schema.dropTable(tableName);
    await knex.destroy();
  });

  const kill = async (what: 'connection' | 'query', mark: string): Promise<void> => {
    await until(async () => {
      const [found] = (await knex.raw(
        'select id from information_schema.processlist where info like ? and id <> connection_id()',
        [`%${mark}%`],
      )) as [{ id: number }[]];
      for (const { id } of found) await knex.raw(`kill ${what} ${id}`);
      return found.length > 0;
    });
  };

  describeConnections(database, (url) => ({ client: 'mysql2', connection: url }), 'select sleep(20)');

  test('a connection that the driver gives up passes', async () => {
    const gate = await createGate(String(database.connection));
    await gate.stall();
    const { hostname: host, port } = new URL(gate.url);
    const connection = { host, port: Number(port), user: 'root', connectTimeout: 200 };
    const impatient = knexModule({ client: 'mysql2', connection, log: quiet });
    const error = await failureOf(impatient, 'select 1');
    await impatient.destroy();
    await gate.shut();
    expect(error).toMatchObject({ code: 'ETIMEDOUT' });
    expect(isTransient(error)).toBe(true);
  });

  test('a connection that an administrator kills passes', async () => {
    const own = database.connect({ log: quiet });
    const failure = failureOf(own, 'select sleep(20) as killed_connection');
    await kill('connection', 'killed_connection');
    const error = await failure;
    await own.destroy();
    expect([error, isTransient(error)]).toEqual([error, true]);
  });

  test('a query that an administrator kills passes', async () => {
    const locked = await knex.transaction();
    await locked.raw(update, [tableName, 'a']);
    const failure = failureOf(knex, `/* killed_query */ ${update}`, [tableName, 'a']);
    await kill('query', '/* killed_query */');
    const error = await failure;
    await locked.rollback();
    expect(error).toMatchObject({ errno: 1317 });
    expect(isTransient(error)).toBe(true);
  });

  test('a deadlock passes', async () => {
    const [one, other] = [await knex.transaction(), await knex.transaction()];
    const errors = await failuresOfDeadlock(one, other, tableName);
    expect(errors).toEqual([expect.objectContaining({ errno: 1213 })]);
    expect(errors.map(isTransient)).toEqual([true]);
  });

  test('a lock that does not come in time passes', async () => {
    const [holder, waiter] = [await knex.transaction(), await knex.transaction()];
    await holder.raw(update, [tableName, 'a']);
    await waiter.raw('set innodb_lock_wait_timeout = 1');
    const error = await failureOf(waiter, update, [tableName, 'a']);
    await waiter.raw('set innodb_lock_wait_timeout = default');
    await Promise.all([holder.rollback(), waiter.rollback()]);
    expect(error).toMatchObject({ errno: 1205 });
    expect(isTransient(error)).toBe(true);
  });

  const lasting: Record<string, [errno: number, sql: string]> = {
    'an unknown table': [1146, 'select 1 from no_such_table'],
    'an unknown column': [1054, 'select no_such_column from ??'],
    'a row that is there already': [1062, "insert into ?? values ('a', 1)"],
    'a missing value': [1048, "insert into ?? values ('c', null)"],
    'text that is too long': [1406, "insert into ?? values ('more than nine', 1)"],
    'what is no SQL': [1064, 'selekt 1'],
  };

  for (const [name, [errno, sql]] of Object.entries(lasting)) {
    test(`${name} does not pass`, async () => {
      const error = await failureOf(knex, sql, sql.includes('??') ? [tableName] : []);
      expect(error).toMatchObject({ errno });
      expect(isTransient(error)).toBe(false);
    });
  }

  test('a wrong password and an unknown database do not pass', async () => {
    const wrong: Record<number, (url: URL) => void> = {
      1045: (url) => (url.password = 'wrong'),
      1049: (url) => (url.pathname = '/no_such_database'),
    };
    for (const [errno, change] of Object.entries(wrong)) {
      const url = new URL(String(database.connection));
      change(url);
      const own = knexModule({ client: 'mysql2', connection: url.href, log: quiet });
      const error = await failureOf(own, 'select 1');
      await own.destroy();
      expect(error).toMatchObject({ errno: Number(errno) });
      expect(isTransient(error)).toBe(false);
    }
  });
});

for (const database of [betterSqlite3(), sqlite3()]) {
  describeOn(database, () => {
    let knex: Knex;
    let other: Knex;

    beforeAll(async () => {
      [knex, other] = [database.connect(), database.connect()];
      await knex.raw('create table t (id text primary key)');
      await knex.raw("insert into t values ('a')");
      await other.raw('pragma busy_timeout = 0');
    });

    afterAll(async () => {
      await Promise.all([knex.destroy(), other.destroy()]);
      database.remove?.();
    });

    test('a file that another connection has locked passes', async () => {
      await knex.raw('begin exclusive');
      const errors = [
        await failureOf(other, 'select * from t'),
        await failureOf(other, "insert into t values ('b')"),
      ];
      await knex.raw('rollback');
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'SQLITE_BUSY' });
        expect(isTransient(error)).toBe(true);
      }
    });

    test('a snapshot that another connection has outrun passes', async () => {
      await knex.raw('pragma journal_mode = wal');
      await other.raw('begin');
      await other.raw('select * from t');
      await knex.raw("insert into t values ('c')");
      const error = await failureOf(other, "insert into t values ('d')");
      await other.raw('rollback');
      expect((error as { code: string }).code).toMatch(/^SQLITE_BUSY/);
      expect(isTransient(error)).toBe(true);
    });

    test('an unknown table, a row that is there already and what is no SQL do not pass', async () => {
      for (const sql of ['select * from no_such_table', "insert into t values ('a')", 'selekt 1']) {
        const error = await failureOf(knex, sql);
        expect((error as { code: string }).code).toMatch(/^SQLITE_(ERROR|CONSTRAINT)/);
        expect(isTransient(error)).toBe(false);
      }
    });
  });
}

describe('errors as drivers report them, of servers that are not at hand', () => {
  const passing: Record<string, object> = {
    ...Object.fromEntries(
      ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOTCONN', 'EHOSTUNREACH', 'ENETUNREACH'].map((code) => [
        `a socket: ${code}`,
        { code, syscall: 'read' },
      ]),
    ),
    'tedious: the server cannot be reached': { code: 'ESOCKET', message: 'Failed to connect to db:1433' },
    'tedious: connecting takes too long': { code: 'ETIMEOUT', message: 'Failed to connect in 15000ms' },
    'tedious: a statement takes too long': {
      code: 'ETIMEOUT',
      message: 'Timeout: Request failed to complete',
    },
    // `cleanupConnection` of tedious, for the request that was under way.
    'tedious: the connection is lost': {
      code: 'ECLOSE',
      message: 'Connection closed before request completed.',
    },
    'SQL Server: a deadlock': { code: 'EREQUEST', number: 1205 },
    'SQL Server: a lock that does not come in time': { code: 'EREQUEST', number: 1222 },
    'Azure SQL: a database that is moved': { code: 'ELOGIN', number: 40613 },
    'Azure SQL: too much to do': { code: 'EREQUEST', number: 40501 },
    'PostgreSQL: starting up': { code: '57P03', message: 'the database system is starting up' },
    'PostgreSQL: crashed': { code: '57P02' },
    'PostgreSQL, or PgBouncer: a connection failure': { code: '08006' },
    'MySQL: shutting down': { code: 'ER_SERVER_SHUTDOWN', errno: 1053 },
    'MySQL: too many connections': { code: 'ER_CON_COUNT_ERROR', errno: 1040 },
    'MySQL: read only, as after a failover': { code: 'ER_OPTION_PREVENTS_STATEMENT', errno: 1290 },
    'MariaDB, Galera: a node that has not caught up': { errno: 1047 },
    'TiDB: a write conflict': { errno: 9007 },
    'Azure SQL: a serverless database that wakes up at a login, which tedious gives no number': {
      code: 'ELOGIN',
      message:
        "Database 'app' on server 'db' is not currently available.  Please retry the connection later.",
    },
    'pg-native: a server that is not there': {
      message: 'connection to server at "127.0.0.1", port 5432 failed: Connection refused',
    },
    'pg-native: a server that starts': {
      message:
        'connection to server at "127.0.0.1", port 5432 failed: FATAL:  the database system is starting up',
    },
    'too many sockets': { code: 'EMFILE', syscall: 'connect' },
    'MySQL: a connection that was idle for too long': { code: 'ER_CLIENT_INTERACTION_TIMEOUT', errno: 4031 },
    'SQL Server: an availability group in transition': { code: 'EREQUEST', number: 983 },
    'PgBouncer: the server has gone': { code: '08P01', message: 'server conn crashed?' },
    'pg-native: the server has gone': { message: 'server closed the connection unexpectedly' },
    'a Unix socket that is not there yet': { code: 'ENOENT', syscall: 'connect' },
    'SQLite: a table that a statement of this process holds': { code: 'SQLITE_LOCKED' },
    'better-sqlite3: a file in recovery': { code: 'SQLITE_BUSY_RECOVERY' },
  };

  for (const [name, error] of Object.entries(passing)) {
    test(`${name}: passes`, () => {
      expect(isTransient(error)).toBe(true);
    });
  }

  const lasting: Record<string, unknown> = {
    'SQL Server: a row that is there already': { code: 'EREQUEST', number: 2627 },
    'SQL Server: an unknown table': { code: 'EREQUEST', number: 208 },
    'SQL Server: a wrong password': { code: 'ELOGIN', number: 18456 },
    'tedious: a wrong password': { code: 'ELOGIN', message: "Login failed for user 'app'." },
    'pg-native: a wrong password': {
      message:
        'connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "app"',
    },
    'SQLite: a full disk': { code: 'SQLITE_FULL', errno: 13 },
    'SQLite: a read-only file': { code: 'SQLITE_READONLY', errno: 8 },
    'PostgreSQL: a full disk': { code: '53100' },
    'a code that only looks like one of a connection': { code: '08' },
    'an error without a code': new Error('no code'),
    'a TypeError': new TypeError('cannot read properties of undefined'),
    nothing: undefined,
    null: null,
    'a text': 'ECONNREFUSED',
    'an empty object': {},
  };

  for (const [name, error] of Object.entries(lasting)) {
    test(`${name}: does not pass`, () => {
      expect(isTransient(error)).toBe(false);
    });
  }
});

describe('how failures pass', () => {
  const contentions: Record<string, object> = {
    'PostgreSQL: a deadlock': { code: '40P01' },
    'PostgreSQL: a statement timeout': { code: '57014' },
    'MariaDB: a deadlock, or a conflict of two Galera nodes': { errno: 1213, code: 'ER_LOCK_DEADLOCK' },
    'SQL Server: a deadlock': { number: 1205 },
    'SQLite: a locked file': { code: 'SQLITE_BUSY_SNAPSHOT' },
    'PostgreSQL: read only until it is promoted': { code: '25006' },
    'a pool without a connection to give': { code: 'ENOCONNECTION' },
  };
  test.each(Object.entries(contentions))('%s: with the work of others', (_, error) => {
    expect(transientKind(error)).toBe('contention');
  });

  const outages: Record<string, object> = {
    'a socket': { code: 'ECONNREFUSED' },
    'PostgreSQL: starting up': { code: '57P03' },
    'MariaDB, Galera: a node that has not caught up': { errno: 1047 },
    'SQL Server: a database that is moved': { number: 40613 },
    'Knex: no connection': { message: 'Knex: Timeout acquiring a connection. The pool is probably full.' },
  };
  test.each(Object.entries(outages))('%s: when the database is back', (_, error) => {
    expect(transientKind(error)).toBe('outage');
  });
});

describe('a statement that failed may have taken effect', () => {
  const lost: Record<string, unknown> = {
    'a connection that broke': { code: 'ECONNRESET' },
    'no answer in time': { code: 'ETIMEDOUT' },
    'PostgreSQL: shutting down': { code: '57P01' },
    'mysql2: a connection that was lost': { code: 'PROTOCOL_CONNECTION_LOST' },
    'CockroachDB: an unknown outcome': { code: '40003' },
    'a network that goes away': { code: 'EHOSTUNREACH' },
  };
  test.each(Object.entries(lost))('%s: it may', (_, error) => {
    expect(mayHaveWorked(error)).toBe(true);
  });

  const never: Record<string, unknown> = {
    'a pool without a connection to give': { code: 'ENOCONNECTION' },
    'a deadlock': { code: '40P01' },
    'a refused row': { code: '23505' },
    'no error': null,
  };
  test.each(Object.entries(never))('%s: it has not', (_, error) => {
    expect(mayHaveWorked(error)).toBe(false);
  });

  describeOn(postgres(), () => {
    test('where nothing listens: it has not', async () => {
      const knex = postgres().connect({
        connection: 'postgres://127.0.0.1:1/none',
        log: { warn: () => undefined },
      });
      const { read } = limitsFor({ timeout: 2_000, patience: () => 2_000 });
      const error: unknown = await run(knex.raw('select 1'), read()).catch((caught: unknown) => caught);
      await knex.destroy();
      expect(error).toMatchObject({ code: 'ECONNREFUSED' });
      expect(mayHaveWorked(error)).toBe(false);
    });
  });
});

describe('a lock that does not come in time', () => {
  test.each([
    ['PostgreSQL: lock_timeout', { code: '55P03' }, true],
    ['PostgreSQL: statement_timeout', { code: '57014' }, true],
    ['MySQL and MariaDB: innodb_lock_wait_timeout', { errno: 1205 }, true],
    ['SQL Server: lock timeout', { number: 1222 }, true],
    ['PostgreSQL: a deadlock', { code: '40P01' }, false],
    ['MySQL: a deadlock', { errno: 1213 }, false],
    ['SQLite: a locked file, which is none of a row', { code: 'SQLITE_BUSY' }, false],
    ['nothing', undefined, false],
  ])('%s', (_, error, locked) => {
    expect(isLockTimeout(error)).toBe(locked);
  });
});
