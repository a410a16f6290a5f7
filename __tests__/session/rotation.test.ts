/** How a row gets another key: in which order its statements are sent, and what becomes of it if one fails. */

import type { RowStore } from '../../lib/batch/batcher';
import { createRowKeys } from '../../lib/crypto/row-key';
import type { Change, Row } from '../../lib/database/rows';
import { noDeadline } from '../../lib/resilience/deadline';
import { createRotation } from '../../lib/session/rotation';

const content = { data: '{}', expires: 1_000 };
const keysOf = createRowKeys(false);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A rotation on a row store that logs, and that answers when it is told. */
const create = ({ refuse = (entry: string): boolean => entry === '' } = {}) => {
  const log: string[] = [];
  const names = new Map<string, string>();
  const nameOf = (key: string): string => {
    if (!key.startsWith('sha256:')) return key;
    if (!names.has(key)) names.set(key, `claim ${names.size + 1}`);
    return names.get(key) ?? '';
  };
  const answers: (() => void)[] = [];
  const does = (entry: string): Promise<undefined> => {
    log.push(entry);
    return new Promise((resolve, reject) => {
      answers.push(() => {
        if (refuse(entry)) reject(new Error(`refused: ${entry}`));
        else resolve(undefined);
      });
    });
  };
  const rows: RowStore<Row, Change> = {
    read: (key) => does(`read ${nameOf(key)}`),
    write: (key, change) =>
      does(`${change.kind} ${nameOf(key)}${'to' in change ? ` to ${nameOf(change.to)}` : ''}`),
  };
  const rotation = createRotation(rows, {
    keyOf: (key) => key,
    decodeForward: () => undefined,
    inBackground: (work) => void work(noDeadline()),
  });
  /** Answers all statements, those too that follow. */
  const answerAll = async (): Promise<void> => {
    await turn();
    while (answers.length > 0) {
      answers.shift()?.();
      await turn();
    }
  };
  return { rotation, log, answerAll };
};

test('a destroy is sent at the end of its turn, or when another call comes', async () => {
  const { rotation, log } = create();
  void rotation.end(keysOf('a'))(noDeadline());
  expect(log).toEqual([]);
  await Promise.resolve();
  expect(log).toEqual(['end a']);
  void rotation.end(keysOf('b'))(noDeadline());
  rotation.letGo();
  expect(log).toEqual(['end a', 'end b']);
  expect(rotation.latest.ending).toBeUndefined();
});

test('a set in the same turn makes a claim of it, and what follows under the new key waits for the row', async () => {
  const { rotation, log, answerAll } = create();
  const ended = rotation.end(keysOf('old'))(noDeadline());
  const claim = rotation.claimOf(undefined, 'new', (key) => key === 'old');
  if (claim === undefined) throw new Error('expected a claim');
  const renamed = rotation.rename(claim, 'new', content)(noDeadline());
  const read = rotation.moving.read('new');
  const other = rotation.moving.read('other');
  await turn();
  expect(log).toEqual(['claim old to claim 1', 'read other']);
  await answerAll();
  await Promise.all([ended, renamed, read, other]);
  expect(log.slice(2)).toEqual(['rename claim 1 to new', 'read new']);
});

test('a set of another session does not', async () => {
  const { rotation, log } = create();
  void rotation.end(keysOf('old'))(noDeadline());
  expect(rotation.claimOf(undefined, 'new', () => false)).toBeUndefined();
  await Promise.resolve();
  expect(log).toEqual(['end old']);
});

test('a claim is taken up once, and by its own request alone', async () => {
  const { rotation, answerAll } = create();
  const ctx = {};
  const claimed = rotation.claim(keysOf('old'), { ctx })(noDeadline());
  await answerAll();
  await claimed;
  const none = (): boolean => false;
  expect(rotation.claimOf({}, 'new', none)).toBeUndefined();
  expect(rotation.claimOf(undefined, 'new', none)).toBeUndefined();
  expect(rotation.claimOf(ctx, 'new', none)).toMatchObject({ from: 'old' });
  expect(rotation.claimOf(ctx, 'new', none)).toBeUndefined();
});

test('a row that its request saves under the same id again, or not at all, is removed', async () => {
  const { rotation, log, answerAll } = create();
  const [ctx, context] = [{}, { ctx: {}, rotates: true, release: (): void => undefined }];
  const claims = [rotation.claim(keysOf('a'), { ctx }), rotation.claim(keysOf('b'), context)];
  const claimed = Promise.all(claims.map((work) => work(noDeadline())));
  await answerAll();
  await claimed;
  expect(rotation.claimOf(ctx, 'a', () => false)).toBeUndefined();
  context.release();
  await turn();
  expect(log.slice(2)).toEqual(['remove claim 1', 'remove claim 2']);
});

test('a read of another key is sent at once, also while a row is on its way', () => {
  const { rotation, log } = create();
  void rotation.rename({ from: 'old', key: 'sha256:claim' }, 'new', content)(noDeadline());
  expect(rotation.arrivals.size).toBe(1);
  void rotation.moving.read('other');
  void rotation.moving.write('other', { kind: 'remove' });
  expect(log).toEqual(['rename claim 1 to new', 'read other', 'remove other']);
});

test('a destroy that is refused before it begins takes nothing away', async () => {
  const { rotation, log } = create();
  const ctx = {};
  rotation.claim(keysOf('old'), { ctx });
  expect(rotation.claimOf(ctx, 'new', () => false)).toBeUndefined();
  rotation.end(keysOf('old'));
  await Promise.resolve();
  expect(rotation.claimOf(undefined, 'new', () => true)).toBeUndefined();
  expect(log).toEqual([]);
});

test('a save that comes too late gets the claim all the same, and so finds no row', async () => {
  const { rotation, answerAll } = create();
  const context = { ctx: {}, rotates: true, release: (): void => undefined };
  const claimed = rotation.claim(keysOf('old'), context)(noDeadline());
  await answerAll();
  await claimed;
  context.release();
  await answerAll();
  expect(rotation.claimOf(context.ctx, 'new', () => false)).toMatchObject({ from: 'old' });
});

test('a row that lies under the new key makes room', async () => {
  let isTaken = true;
  const { rotation, log, answerAll } = create({ refuse: (entry) => entry.startsWith('rename') && isTaken });
  const claim = { from: 'old', key: 'sha256:claim' };
  const renamed = rotation.rename(claim, 'new', content)(noDeadline());
  await turn();
  const all = answerAll();
  await turn();
  isTaken = false;
  await all;
  await renamed;
  expect(log).toEqual(['rename claim 1 to new', 'remove new', 'rename claim 1 to new']);
});

test('if the claim fails, so does the save: the new id must not be given out', async () => {
  const { rotation, answerAll } = create({ refuse: (entry) => entry.startsWith('claim') });
  const ended = rotation.end(keysOf('old'))(noDeadline());
  const claim = rotation.claimOf(undefined, 'new', () => true);
  if (claim === undefined) throw new Error('expected a claim');
  const results = Promise.allSettled([ended, rotation.rename(claim, 'new', content)(noDeadline())]);
  await answerAll();
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
