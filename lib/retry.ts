/** Which failures pass by themselves, so that the same statement may work a moment later. Knows no SQL. */

import { messageOf } from './errors';

/** `code` of an error of a socket, a name look-up, a driver or a database. */
const passingCodes: ReadonlySet<string> = new Set([
  // Sockets and names: a server that restarts, or whose address moves.
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTCONN',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENOENT'],
  // PostgreSQL: shutting down, crashed, starting up; too many connections; serialization failure, deadlock, lock
  // not available; read only, as after a failover. Class 08, connection exceptions, is in `isPassing`.
  ...['57P01', '57P02', '57P03', '53300', '40001', '40P01', '55P03', '25006'],
  // A statement timeout, which a lock that others hold may well be the cause of.
  '57014',
  // mysql2 and mysql.
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', 'PROTOCOL_SEQUENCE_TIMEOUT'],
  ...['ER_SERVER_SHUTDOWN'],
  // tedious.
  ...['ESOCKET', 'ETIMEOUT', 'ECLOSE'],
]);

/** `errno` of MySQL and MariaDB. */
const passingErrnos: ReadonlySet<unknown> = new Set([
  // Too many connections, shutting down, read only twice, a killed connection or query.
  ...[1040, 1053, 1290, 1836, 1317, 1927],
  // Lock wait timeout, deadlock, statement timeout of MySQL and of MariaDB; Galera: not ready.
  ...[1205, 1213, 3024, 1969, 1047],
]);

/** `number` of SQL Server and Azure SQL. */
const passingNumbers: ReadonlySet<unknown> = new Set([
  // Deadlock, lock timeout.
  ...[1205, 1222],
  // Azure: the transient ones of its documentation.
  ...[926, 4060, 4221, 10928, 10929, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920],
]);

/** What has no code: Knex, its pool, and pg speak in words alone; Knex may put the statement in front of them. */
const passingMessage =
  /(?:^| - )(?:Unable to acquire a connection|Knex: Timeout acquiring a connection|Connection terminated|Client has encountered a connection error|Connection lost: |Can't add new command when connection is in closed state|Query read timeout|timeout expired)/;

/** Whether the same statement may work a moment later. Every operation of the store can be repeated. */
export const isPassing = (error: unknown): boolean => {
  const { code, errno, number } = (error ?? {}) as { code?: unknown; errno?: unknown; number?: unknown };
  return (
    (typeof code === 'string' &&
      (passingCodes.has(code) || /^08...$/.test(code) || /^SQLITE_(BUSY|LOCKED)/.test(code))) ||
    passingErrnos.has(errno) ||
    passingNumbers.has(number) ||
    passingMessage.test(messageOf(error))
  );
};
