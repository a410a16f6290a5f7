/** All sessions of a user end, also one that a database passes over because its row gets another key just then. */

import type { RowKeys } from '../../lib/crypto/row-key';
import { createUserKeys } from '../../lib/crypto/user-key';
import type { SessionTable } from '../../lib/database/rows';
import type { Limit } from '../../lib/resilience/limit';
import { timesWithin } from '../../lib/session/entries';
import { createUserMethods } from '../../lib/session/users';

const userKeys = createUserKeys<{ user?: string }>({
  userId: ({ user }) => user,
  secrets: [],
  readPlain: false,
});
const reader = { timesOf: timesWithin(), deserialize: () => undefined };
const keysOf = (sid: string): RowKeys => ({ key: sid, formerKey: undefined });
const endNow = () => () => Promise.resolve();
const limit = {
  withoutDeadline: (_operation: string, work: () => Promise<unknown>) => work(),
  repeated: (work: () => Promise<unknown>) => work(),
} as unknown as Limit;

test.each([
  ['nothing is there', [0, 0], 0],
  ['the first look finds all', [3, 0], 3],
  ['the first look passes over one', [0, 1, 0], 1],
  ['so does the second', [2, 1, 0], 3],
])('%s', async (_name, removals, sum) => {
  const left = [...removals];
  const asked: unknown[] = [];
  const removeUser: SessionTable['removeUser'] = (users, except) => {
    asked.push([users, except]);
    return Promise.resolve(left.shift() ?? 0);
  };
  const table = { removeUser } as SessionTable;
  const users = createUserMethods({ table, endNow, limit, reader, keysOf, userKeys });
  expect(await users.destroyAllOf('ann', { except: 'sid' })).toBe(sum);
  expect(asked).toEqual(removals.map(() => [['ann'], ['sid']]));
});
