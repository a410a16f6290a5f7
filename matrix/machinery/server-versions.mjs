/** Names and versions of the database servers that the cells run on. */

import createKnex from 'knex';

const questions = {
  postgres: {
    client: 'pg',
    sql: 'SHOW server_version',
    nameOf: ({ rows }) => `PostgreSQL ${rows[0].server_version.split(' ')[0]}`,
  },
  mysql: {
    client: 'mysql2',
    sql: 'SELECT VERSION() AS version',
    nameOf: ([[{ version }]]) =>
      `${version.includes('MariaDB') ? 'MariaDB' : 'MySQL'} ${version.split('-')[0]}`,
  },
};

/**
 * @param servers by name: the `url` of each, or the reason why it is `missing`
 * @returns names and versions of the available servers; for SQL Server only its name
 */
export const describeServers = async (servers) => {
  const described = [];
  for (const [name, { url }] of Object.entries(servers)) {
    if (url === undefined) continue;
    if (questions[name] === undefined) {
      described.push('SQL Server');
      continue;
    }
    const { client, sql, nameOf } = questions[name];
    const knex = createKnex({ client, connection: url, pool: { min: 0, max: 1 } });
    try {
      described.push(nameOf(await knex.raw(sql)));
    } finally {
      await knex.destroy();
    }
  }
  return described;
};
