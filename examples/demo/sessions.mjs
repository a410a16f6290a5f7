/** Every session, kept three times: by stores with three settings, so that their tables can be compared. */

import { createHash } from 'node:crypto';
import { createKnexStore } from 'koa-generic-session-knex';

/** Where the row of a session lies when ids are hashed. */
const digestOf = (sid) => `sha256:${createHash('sha256').update(sid, 'utf16le').digest('base64url')}`;
const itself = (sid) => sid;

/** Whose a session is. */
const userId = (session) => session.name;

/**
 * An app has one store. This one writes to three, and believes the last: what `get`, `sessionsOf` and `stats` say is
 * said by the store with hashed ids and sealed data.
 *
 * @param secrets of that store
 * @returns what koa-session asks of a store, and what the pages ask; `tables`: { kind, tableName, keyOf(sid) }
 */
export const createSessions = (knex, secrets) => {
  const plain = createKnexStore(knex, { tableName: 'Sessions_plain', userId });
  const hashed = createKnexStore(knex, { tableName: 'Sessions_hashed', userId, hashIds: true });
  const sealed = createKnexStore(knex, {
    tableName: 'Sessions_sealed',
    userId,
    hashIds: true,
    secret: secrets,
  });
  const stores = [sealed, plain, hashed];

  /** Calls all stores alike, so that each knows which sessions are loaded: none can be brought back in one of them. */
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
    // A handle comes from the session's id and its user, so that it is the same in all of them.
    destroyByHandle: inAll('destroyByHandle'),
    sessionsOf: sealed.sessionsOf,
    stats: sealed.stats,
    ready: inAll('ready'),
    close: inAll('close'),
    onError: (listener) => {
      for (const store of stores) store.on('error', listener);
    },
    tables: [
      { kind: 'plain', tableName: plain.options.tableName, keyOf: itself },
      { kind: 'hashed', tableName: hashed.options.tableName, keyOf: digestOf },
      { kind: 'sealed', tableName: sealed.options.tableName, keyOf: digestOf },
    ],
  };
};
