/** Before commands: a knexfile, options as docs/operating.md has them, and a database without a table. */

'use strict';

const { existsSync, rmSync, writeFileSync } = require('node:fs');

writeFileSync(
  'knexfile.cjs',
  `module.exports = {
  client: 'better-sqlite3',
  connection: { filename: __dirname + '/sessions.sqlite' },
  useNullAsDefault: true,
};
`,
);
if (!existsSync('session-options.cjs')) {
  writeFileSync(
    'session-options.cjs',
    `module.exports = {
  timestamps: true,
  hashIds: 'migrate',
  secret: process.env.SESSION_STORE_SECRET,
  readPlain: true,
};
`,
  );
}
rmSync('sessions.sqlite', { force: true });
