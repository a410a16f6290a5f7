/** All sessions of a user end, also one that a database passes over because its row gets another key just then. */

import type { Calls } from '../../lib/resilience/limit';
import { createOwners } from '../../lib/crypto/user-key';
import type { Rows } from '../../lib/session/id-migration';
import type { SessionTable } from '../../lib/database/table';
import { createUsers } from '../../lib/session/users';

const owners = createOwners<{ user?: string }>({ userId: ({ user }) => user, secrets: [], readPlain: false });
const reader = { endOf: () => 0, decode: () => undefined };
const keysOf = (sid: string): { key: string; formerKey: undefined } => ({ key: sid, formerKey: undefined });
const calls = {
  atLeisure: (_operation: string, work: () => Promise<unknown>) => work(),
  repeated: (work: () => Promise<unknown>) => work(),
} as unknown as Calls;

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
  const users = createUsers({ removeUser } as SessionTable, {} as Rows, calls, reader, keysOf, owners);
  expect(await users.destroyAllOf('ann', { except: 'sid' })).toBe(sum);
  expect(asked).toEqual(removals.map(() => [['ann'], ['sid']]));
});
