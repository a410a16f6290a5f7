/** Sessions of express-session and connect-session-knex move to Koa. */

import { at, describePlaces, logIn, newSqliteFile, openScene, userOf, type Scene } from './support';

const hour = 3_600_000;
const koa = {
  MIDDLEWARE: 'koa-session',
  STORES: 'knex',
  EXPRESS_SECRETS: '["a newer secret of the tests","a secret of the tests"]',
};
const program = 'from-connect-session-knex.mjs';

const sidOf = (cookie = ''): string => /^s:(.+)\./.exec(decodeURIComponent(cookie))?.[1] ?? '';

/** Rows of the new table by id, with the end in ms since the epoch. */
const rowsOf = async ({ knex, tableName }: Scene): Promise<Map<string, { data: unknown; end: number }>> => {
  const rows = (await knex(tableName).select()) as { id: string; data: string; expires: number | string }[];
  return new Map(
    rows.map(({ id, data, expires }) => [
      id,
      { data: JSON.parse(data) as unknown, end: Number(expires) * 1000 },
    ]),
  );
};

describePlaces((place) => {
  // Far from UTC on both sides of it: what a driver takes for local time is hours off.
  test.each(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'])(
    'visitors stay logged in when an app with the time zone %s moves to Koa, and logouts stay',
    async (TZ) => {
      const scene = openScene(place());
      const express = await scene.start('express.mjs', { TZ, MAX_AGE: String(hour), OLD_SECRET: 'yes' });
      const ada = await logIn(express, 'Ada');
      const grace = await logIn(express, 'Grace');
      const thief = at(express, grace);
      await grace.post('/logout');
      const began = Date.now();
      await express.stop();

      const { code, stdout, stderr } = await scene.migrate(
        program,
        [...['--to', 'koa-session', '--from-table', scene.oldTable]],
        {},
        { TZ },
      );
      expect(stderr).toBe('');
      expect(stdout).toContain('1 read: 1 copied, 0 there already, 0 expired');
      expect(code).toBe(0);

      const row = (await rowsOf(scene)).get(sidOf(ada.cookies.get('connect.sid')));
      expect(row?.data).toEqual({ user: 'Ada', _expire: expect.any(Number) as number });
      // Whole seconds, and a bucket of 1 % of an hour, at most.
      expect(row?.end).toBeGreaterThan(began + hour - 5_000);
      expect(row?.end).toBeLessThan(began + hour * 1.01 + 2_000);

      const app = await scene.start('koa.mjs', koa);
      const adaLater = at(app, ada);
      expect(await userOf(adaLater)).toBe('Ada');
      expect(await userOf(at(app, thief))).toBeNull();
      await adaLater.post('/visit');
      expect(adaLater.cookies.has('koa.sess.sig')).toBe(true);
      await adaLater.post('/logout');
      expect(await userOf(at(app, ada))).toBeNull();
    },
  );

  test('sessions of another secret, or of none, are nobody’s', async () => {
    const scene = openScene(place());
    const express = await scene.start('express.mjs', { MAX_AGE: String(hour) });
    const ada = await logIn(express, 'Ada');
    await scene.migrate(program, ['--to', 'koa-session', '--from-table', scene.oldTable]);
    const app = await scene.start('koa.mjs', { ...koa, EXPRESS_SECRETS: '["a secret of the tests"]' });
    expect(await userOf(at(app, ada))).toBeNull();
    for (const forged of [sidOf(ada.cookies.get('connect.sid')), 's%3A', 's%3A.', '%', '%ff']) {
      ada.cookies.set('connect.sid', forged);
      expect(await userOf(at(app, ada))).toBeNull();
    }
  });

  test('a second run leaves alone what the app has stored since the first, and expired sessions are left out', async () => {
    const scene = openScene(place());
    const express = await scene.start('express.mjs', { MAX_AGE: String(hour) });
    const visitors = [
      await logIn(express, 'Ada'),
      await logIn(express, 'Grace'),
      await logIn(express, 'Hedy'),
    ];
    const short = await scene.start('express.mjs', { MAX_AGE: '1000' });
    await logIn(short, 'Late');
    const { oldTable, knex, tableName } = scene;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const args = ['--to', 'koa-session', '--from-table', oldTable, '--batch-size', '2'];

    const dry = await scene.migrate(program, [...args, '--dry-run']);
    expect(dry.stdout).toContain('4 read: 3 to copy, 0 there already, 1 expired');
    expect(dry.stdout).toContain('dry run: nothing was written');
    expect(await knex.schema.hasTable(tableName)).toBe(false);

    expect((await scene.migrate(program, args)).stdout).toContain('4 read: 3 copied');
    const app = await scene.start('koa.mjs', koa);
    const [ada, grace] = visitors.map((visitor) => at(app, visitor));
    await ada?.post('/login?user=Ada+II');
    await grace?.post('/visit');
    const before = await rowsOf(scene);
    const again = await scene.migrate(program, args);
    expect(again.stdout).toContain('4 read: 0 copied, 3 there already, 1 expired');
    expect(again.code).toBe(0);
    expect(await rowsOf(scene)).toEqual(before);
    expect(await knex.schema.hasTable(`${tableName}_copy`)).toBe(false);
  });

  test('what a rehearsal has copied, and has ended since, is copied again', async () => {
    const scene = openScene(place());
    const { knex, oldTable, tableName } = scene;
    const express = await scene.start('express.mjs', { MAX_AGE: String(hour) });
    const ada = await logIn(express, 'Ada');
    await express.stop();
    const args = ['--to', 'koa-session', '--from-table', oldTable];
    await scene.migrate(program, args);
    await knex(tableName).update({ expires: 1 });

    expect((await scene.migrate(program, args)).stdout).toContain('1 read: 1 copied, 0 there already');

    const app = await scene.start('koa.mjs', koa);
    expect(await userOf(at(app, ada))).toBe('Ada');
  });

  test('browser sessions, broken rows and sealed tables: all that can be read is there', async () => {
    const scene = openScene(place());
    const express = await scene.start('express.mjs', {});
    const ada = await logIn(express, 'Ada');
    await express.stop();
    const { knex, oldTable } = scene;
    const expired = scene.place.client === 'mysql2' ? '2099-01-01 00:00:00' : '2099-01-01T00:00:00Z';
    await knex(oldTable).insert({ sid: 'broken', sess: '"no object"', expired });
    const options = {
      hashIds: true,
      secret: 'a secret of 32 characters or more, for tests',
      timestamps: true,
    };
    const began = Date.now();

    const ended = await scene.migrate(program, ['--to', 'koa-session', '--from-table', oldTable], options);
    expect(ended.stdout).toContain('2 read: 1 copied, 0 there already, 0 expired, 1 unreadable');
    expect(ended.code).toBe(1);

    const rows = (await knex(scene.tableName).select()) as Record<string, unknown>[];
    expect(rows).toHaveLength(1);
    expect(rows[0]?.id).toMatch(/^sha256:/);
    expect(rows[0]?.data).not.toContain('Ada');
    expect(rows[0]?.created_at).toBeTruthy();
    expect(Number(rows[0]?.expires) * 1000).toBeLessThan(began + 86_400_000 * 1.01 + 2_000);
    const STORE_OPTIONS = JSON.stringify({ tableName: scene.tableName, ...options });
    const app = await scene.start('koa.mjs', { ...koa, STORE_OPTIONS });
    expect(await userOf(at(app, ada))).toBe('Ada');
  });
});

test('visitors stay logged in when an app moves to koa-generic-session, and the session’s end moves on', async () => {
  const scene = openScene(newSqliteFile());
  const express = await scene.start('express.mjs', { MAX_AGE: String(hour) });
  const ada = await logIn(express, 'Ada');
  await scene.migrate(program, ['--to', 'koa-generic-session', '--from-table', scene.oldTable]);

  const app = await scene.start('koa.mjs', { ...koa, MIDDLEWARE: 'koa-generic-session' });
  const adaLater = at(app, ada);
  expect(await userOf(adaLater)).toBe('Ada');
  const id = `koa:sess:${sidOf(ada.cookies.get('connect.sid'))}`;
  const before = (await rowsOf(scene)).get(id);
  await scene.knex(scene.tableName).update({ expires: Math.floor(Date.now() / 1000) + 60 });
  await adaLater.post('/visit');
  const after = (await rowsOf(scene)).get(id);
  expect(after?.end).toBeGreaterThanOrEqual(before?.end ?? Infinity);
  expect(after?.data).toMatchObject({ user: 'Ada', cookie: { httpOnly: true } });
  // express-session reads the clock twice, and loses a few ms of it now and then.
  const { maxAge } = (after?.data as { cookie: { maxAge: number } }).cookie;
  expect(Math.abs(maxAge - hour)).toBeLessThan(5_000);
  await adaLater.post('/logout');
  expect(await userOf(at(app, ada))).toBeNull();
});

test('for Express, sessions are as they were', async () => {
  const scene = openScene(newSqliteFile());
  const express = await scene.start('express.mjs', { MAX_AGE: String(hour) });
  const ada = await logIn(express, 'Ada');
  await scene.migrate(program, ['--to', 'express', '--from-table', scene.oldTable]);
  const [old] = (await scene.knex(scene.oldTable).select()) as { sess: string }[];
  const row = (await rowsOf(scene)).get(sidOf(ada.cookies.get('connect.sid')));
  expect(row?.data).toEqual(JSON.parse(old?.sess ?? ''));

  const after = await scene.start('express.mjs', { MAX_AGE: String(hour), STORES: 'knex' });
  expect(await userOf(at(after, ada))).toBe('Ada');
  await at(after, ada).post('/logout');
  expect(await userOf(at(after, ada))).toBeNull();
});

test('what is wrong with the arguments is said in a line', async () => {
  const scene = openScene({ client: 'better-sqlite3', url: ':memory:' });
  for (const [args, message] of [
    [[], /^error: --to must be one of express, koa-session, koa-generic-session$/m],
    [['--to', 'koa-session', '--batch-size', 'many'], /^error: --batch-size must be a whole number/m],
    [['--to', 'koa-session'], /^error: .*no such table: sessions$/m],
    [
      ['--to', 'koa-session', '--from-table', scene.tableName.toLowerCase()],
      /^error: .* are one table here/m,
    ],
  ] as const) {
    const { code, stderr } = await scene.migrate(program, args);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  }
});
