/** A copy beside an app that goes on, at the moments that matter. */

import { resolve } from 'node:path';
import { startProgram } from '../../cli/support';
import { newSqliteFile, openScene } from './support';

test('what the app has stored meanwhile wins, and what it has ended does not come back', async () => {
  const place = newSqliteFile();
  const { knex, tableName } = openScene(place);
  const program = resolve('__tests__/examples/migrating/apps/raced-copy.mjs');
  const env = { DATABASE_CLIENT: place.client, DATABASE_URL: place.url, TABLE_NAME: tableName };

  const { code, stderr } = await startProgram([process.execPath, program], process.cwd(), env).ended;

  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(await knex(tableName).select('id', 'data').orderBy('id')).toEqual([
    { id: 'changed', data: '{"by":"the app"}' },
    { id: 'idle', data: '{"by":"the copy"}' },
  ]);
});
