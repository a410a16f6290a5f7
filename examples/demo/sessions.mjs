/** Saves every session with three stores, to compare their tables. */

import { createHash } from 'node:crypto';
import { createKnexStore } from 'koa-generic-session-knex';

/** The row key of a session with `hashIds`. */
const digestOf = (sid) => `sha256:${createHash('sha256').update(sid, 'utf16le').digest('base64url')}`;
const itself = (sid) => sid;

/** The user of a session. */
const userId = (session) => session.name;

/**
 * An app has one store. The demo writes to three, and reads from the one with hashed ids and encryption: `get`,
 * `sessionsOf` and `stats` return its results.
 *
 * @param secrets of that store
 * @returns the methods that koa-session and the pages use; `tables`: { kind, tableName, keyOf(sid) }
 */
export const createSessions = (knex, secrets) => {
  const plain = createKnexStore(knex, { tableName: 'Sessions_plain', userId });
  const hashed = createKnexStore(knex, { tableName: 'Sessions_hashed', userId, hashIds: true });
  const encrypted = createKnexStore(knex, {
    tableName: 'Sessions_encrypted',
    userId,
    hashIds: true,
    secret: secrets,
  });
  const stores = [encrypted, plain, hashed];

  /** Calls all stores. Each must know the loaded sessions, or a request in flight could undo a logout in one of them. */
  const inAll =
    (method) =>
    async (...args) => {
      const [answer] = await Promise.all(stores.map((store) => store[method](...args)));
      return answer;
    };

  return {
    get: inAll('get'),
    set: inAll('set'),
    destroy: inAll('destroy'),
    destroyAllOf: inAll('destroyAllOf'),
    // A handle depends only on the session's id and user, so it is the same in all stores.
    destroyByHandle: inAll('destroyByHandle'),
    sessionsOf: encrypted.sessionsOf,
    stats: encrypted.stats,
    ready: inAll('ready'),
    close: inAll('close'),
    onError: (listener) => {
      for (const store of stores) store.on('error', listener);
    },
    tables: [
      { kind: 'plain', tableName: plain.options.tableName, keyOf: itself },
      { kind: 'hashed', tableName: hashed.options.tableName, keyOf: digestOf },
      { kind: 'encrypted', tableName: encrypted.options.tableName, keyOf: digestOf },
    ],
  };
};
