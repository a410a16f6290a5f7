'use strict';

/**
 * What each folder of lib/ may import: only what stands below it, types included. `npm run lint` checks it.
 *
 * Files at the top of lib/ stand where this list names them; files in folders may import their own folder.
 */
const order = [
  // What users import.
  ['lib/index\\.ts$', 'lib/cli/', 'lib/express/'],
  ['lib/store\\.ts$'],
  ['lib/session/'],
  ['lib/schema\\.ts$', 'lib/gc\\.ts$'],
  ['lib/options\\.ts$'],
  ['lib/observability/'],
  ['lib/batch/'],
  ['lib/database/'],
  ['lib/resilience/'],
  ['lib/crypto/'],
  ['lib/codec\\.ts$', 'lib/ttl\\.ts$'],
  // What users see; imports errors.ts alone.
  ['lib/types\\.ts$'],
  ['lib/errors\\.ts$'],
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...order
      .map((layer, n) => ({
        name: `down-only-${n}`,
        comment: 'a file imports only what stands below its folder',
        severity: 'error',
        from: { path: layer.map((path) => `^${path}`) },
        to: {
          path: order
            .slice(0, n)
            .flat()
            .map((path) => `^${path}`),
        },
      }))
      .filter(({ to }) => to.path.length > 0),
    {
      name: 'dialects-apart',
      comment: 'a dialect imports no other dialect: a new database touches none of them',
      severity: 'error',
      from: { path: '^lib/database/dialects/(postgres|mysql|sqlite|mssql|standard)\\.ts$' },
      to: { path: '^lib/database/dialects/', pathNot: '^lib/database/dialects/shared\\.ts$' },
    },
    {
      name: 'no-dependencies',
      comment: 'the library has no dependencies but types of Knex; the command bundles what it needs',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/cli/' },
      to: { path: 'node_modules', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
