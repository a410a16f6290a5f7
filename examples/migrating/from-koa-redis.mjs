/**
 * Copies the live sessions of koa-redis into the table of this store. The app's cookies, keys, prefix and session ids
 * stay the same.
 *
 *   REDIS_URL=redis://… DATABASE_CLIENT=pg DATABASE_URL=postgres://… node from-koa-redis.mjs --match 'koa:sess:*'
 *
 * --match        pattern of the keys that are sessions, '*' by default; other values are skipped
 * --key-prefix   the option keyPrefix of koa-redis, if the app uses it
 * --options      a file whose default export is the options of the new store
 * --batch-size   approximate number of keys per read and write
 * --dry-run      only count
 */

import { parseArgs } from 'node:util';
import koaRedis from 'koa-redis';
import { commonArguments, copySessions, run, storeOptions, variable } from './copy.mjs';

/** koa-session marks its sessions with `_expire` or `_session`, koa-generic-session with `cookie`. */
const looksLikeSession = (value) =>
  typeof value === 'object' &&
  value !== null &&
  (typeof value._expire === 'number' || value._session === true || typeof value.cookie === 'object');

await run(async () => {
  const { values } = parseArgs({
    options: {
      ...commonArguments,
      match: { type: 'string', default: '*' },
      'key-prefix': { type: 'string', default: '' },
    },
  });
  const { match, 'key-prefix': keyPrefix } = values;
  const options = await storeOptions(values.options);
  // If the app sets `serialize` of koa-redis, set it here too.
  const redis = koaRedis({
    url: variable('REDIS_URL', 'redis://127.0.0.1:6379/0'),
    keyPrefix,
    maxRetriesPerRequest: 3,
  });
  const { client } = redis;
  client.on('error', () => undefined); // Failed calls reject.

  const read = async (sids) => {
    const pipeline = client.pipeline();
    for (const sid of sids) pipeline.get(sid).pttl(sid);
    const replies = await pipeline.exec();
    return sids.flatMap((sid, index) => {
      const [[error, text], [, ttl]] = replies.slice(2 * index);
      // Another type, so not a session.
      if (error?.message.startsWith('WRONGTYPE')) return [];
      if (error) throw error;
      if (text === null || ttl === -2) return [{ expired: true }];
      try {
        const session = redis.unserialize(text);
        return looksLikeSession(session) ? [{ sid, session, ttl: ttl === -1 ? undefined : ttl }] : [];
      } catch {
        return match === '*' ? [] : [{ unreadable: 'a key that holds no session' }];
      }
    });
  };

  async function* batches(size) {
    // Escapes the prefix, which is not a pattern.
    const pattern = keyPrefix.replace(/[\\*?[\]]/g, '\\$&') + match;
    let cursor = '0';
    do {
      const [next, keys] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', size);
      // SCAN may return a key twice. The client adds the prefix to keys itself.
      if (keys.length > 0) yield await read([...new Set(keys)].map((key) => key.slice(keyPrefix.length)));
      cursor = next;
    } while (cursor !== '0');
  }

  const source = {
    name: 'koa-redis',
    batches,
    remaining: async (sids) => {
      const found = await Promise.all(sids.map((sid) => client.exists(sid)));
      return sids.filter((_, index) => found[index] === 1);
    },
    close: () => redis.quit(),
  };
  return copySessions(source, {
    options,
    batchSize: Number(values['batch-size']),
    dryRun: values['dry-run'],
  });
});
