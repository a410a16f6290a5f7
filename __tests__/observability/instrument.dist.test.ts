/** A process whose subscriber to a channel throws. */

import { runProgram } from './support';

test('a subscriber that throws fails no call: what it throws is an uncaught exception, as Node has it', async () => {
  const { stdout } = await runProgram(`
    import { tracingChannel } from 'node:diagnostics_channel';
    import createKnex from 'knex';
    import { createKnexStore } from 'koa-generic-session-knex';

    process.on('uncaughtException', ({ message }) => console.log(message));
    tracingChannel('koa-generic-session-knex:length').subscribe({
      start: () => { throw new Error('of the subscriber'); },
    });
    const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    console.log(await createKnexStore(knex).length());
    await knex.destroy();
  `);
  expect(stdout.trim().split('\n').sort()).toEqual(['0', 'of the subscriber']);
});
