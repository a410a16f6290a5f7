/** Which failures are transient: the same statement may work a moment later. */

import { messageOf } from '../errors';

/**
 * What ends a transient failure: other work in the database (a lock is released, a standby promoted), or the return of
 * the database. A 'contention' shows that the database is there.
 */
export type TransientKind = 'contention' | 'outage';

/** What drivers put on an error. */
type DriverError = Partial<Record<'code' | 'errno' | 'number', unknown>>;

/** A kind of failures, by what identifies them. */
interface Failures {
  /** Of a socket, a name look-up, a driver, PostgreSQL or SQLite. */
  readonly codes: ReadonlySet<unknown>;
  /** MySQL and MariaDB. */
  readonly errnos: ReadonlySet<unknown>;
  /** SQL Server and Azure SQL. */
  readonly numbers: ReadonlySet<unknown>;
}

const includes = ({ codes, errnos, numbers }: Failures, error: unknown): boolean => {
  const { code, errno, number } = (error ?? {}) as DriverError;
  return codes.has(code) || errnos.has(errno) || numbers.has(number);
};

/**
 * Lock and statement timeouts: the statement waited for a lock, or for so long that a lock is the likely reason. Not a
 * deadlock, which ends the wait.
 */
const lockTimeouts: Failures = {
  codes: new Set(['55P03', '57014']),
  errnos: new Set([1205, 3024, 1969]),
  numbers: new Set([1222]),
};

const contention: Failures = {
  // PostgreSQL's are [SQLSTATE](https://www.postgresql.org/docs/current/errcodes-appendix.html).
  codes: new Set([
    // Serialization failure, outcome unknown (CockroachDB), deadlock.
    ...['40001', '40003', '40P01'],
    // Read only, as after a failover, until it is promoted: reads work all along.
    '25006',
    // The pool had no connection to give; from `execute`.
    'ENOCONNECTION',
  ]),
  errnos: new Set([
    // Deadlock (with Galera, a conflict with another node), a row changed under a snapshot.
    ...[1213, 1020],
    // Group replication refused the commit; Galera could not certify it.
    ...[3101, 1180],
    // A killed query.
    1317,
    // Read only, twice.
    ...[1290, 1836],
    // TiDB: write conflicts, a commit whose outcome it does not know, a schema that changed meanwhile.
    ...[9007, 8002, 8005, 8022, 8028],
  ]),
  numbers: new Set([
    // Deadlock, update conflict under snapshot isolation, read only.
    ...[1205, 3960, 3906],
  ]),
};

const outages: Failures = {
  codes: new Set([
    // Sockets and names: a server that restarts, or whose address moves.
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTCONN'],
    ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENOENT'],
    'ERR_STREAM_DESTROYED',
    // Out of ports or sockets, as in a storm of connections.
    ...['EADDRNOTAVAIL', 'EMFILE', 'ENFILE'],
    // PostgreSQL: shutting down, crashed, starting up, a connection ended as idle; too many connections. Class 08,
    // connection exceptions, is in `transientKind`.
    ...['57P01', '57P02', '57P03', '57P05', '53300'],
    // mysql2 and mysql.
    ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', 'PROTOCOL_SEQUENCE_TIMEOUT'],
    ...['ER_SERVER_SHUTDOWN'],
    // tedious; the last one is its answer on a connection that has ended.
    ...['ESOCKET', 'ETIMEOUT', 'ECLOSE', 'EINVALIDSTATE'],
  ]),
  errnos: new Set([
    // Too many connections, those of one user; shutting down; a killed connection, an idle one, one that broke.
    ...[1040, 1203, 1053, 1077, 1078, 1079, 1927, 4031, 1152, 1158, 1159, 1160, 1161, 1184],
    // Galera: not ready. From proxies: the server has gone away, was lost, could not be reached (ProxySQL: 9001). TiDB:
    // one of its parts does not answer, or is busy.
    ...[1047, 2006, 2013, 9001, 9002, 9003, 9004, 9005],
  ]),
  numbers: new Set([
    // Azure: the transient ones of its documentation.
    ...[926, 4060, 4221, 10928, 10929, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920],
    // A failover of an availability group: in transition, not the primary; shutting down.
    ...[952, 976, 983, 6005],
  ]),
};

/** Errors without a code: those of Knex, its pool, and pg. Knex may put the statement in front of the message. */
const outageMessage = new RegExp(
  '(?:^| - )(?:' +
    [
      'Unable to acquire a connection',
      'Knex: Timeout acquiring a connection',
      'Connection terminated',
      'Client has encountered a connection error',
      'Client was closed and is not queryable',
      'Connection lost: ',
      "Can't add new command when connection is in closed state",
      'Query read timeout',
      'timeout expired',
      // pg-native
      'server closed the connection unexpectedly',
      'no connection to the server',
      'could not connect to server',
      'connection to server (?:at|on socket) .* failed: (?!FATAL: +(?:password|role|database|no pg_hba))',
    ].join('|') +
    ')',
);

/** tedious drops the number of an error at login, which is when Azure SQL's databases wake up and move. */
const outageAtLogin =
  /is not currently available|retry (?:the connection|your request)? ?later|currently busy/i;

/** What ends a failure; undefined if it is permanent. Every operation of the store can be repeated. */
export const transientKind = (error: unknown): TransientKind | undefined => {
  const { code } = (error ?? {}) as DriverError;
  if (
    isLockTimeout(error) ||
    includes(contention, error) ||
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(String(code))
  ) {
    return 'contention';
  }
  const isOutage =
    includes(outages, error) ||
    /^08...$/.test(String(code)) ||
    outageMessage.test(messageOf(error)) ||
    (code === 'ELOGIN' && outageAtLogin.test(messageOf(error)));
  return isOutage ? 'outage' : undefined;
};

/** Failures of statements that were never sent. */
const unsent = new WeakSet();

export const markUnsent = (error: Error): void => {
  unsent.add(error);
};

/** Whether a statement may have taken effect all the same: only its answer was lost. */
export const mayHaveWorked = (error: unknown): boolean =>
  (error as DriverError | null)?.code === '40003' ||
  (transientKind(error) === 'outage' && !unsent.has(error as object));

/** Whether the same statement may work a moment later. */
export const isTransient = (error: unknown): boolean => transientKind(error) !== undefined;

/** Whether the statement timed out, probably on the lock of one of its rows: the others need not wait for that one. */
export const isLockTimeout = (error: unknown): boolean => includes(lockTimeouts, error);
