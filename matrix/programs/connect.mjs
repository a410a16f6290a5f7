/** Creates the Knex instance that the environment describes. */

const { KNEX, CLIENT, CONNECTION } = process.env;

const connectionOf = {
  mssql: () => {
    const { hostname, port, username, password, pathname } = new URL(CONNECTION);
    return {
      server: hostname,
      port: Number(port || 1433),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: pathname.slice(1) || 'master',
      options: { encrypt: true, trustServerCertificate: true },
    };
  },
  sqlite3: () => ({ filename: CONNECTION }),
  'better-sqlite3': () => ({ filename: CONNECTION }),
};

export const connect = async () => {
  const { default: createKnex } = await import(KNEX);
  return createKnex({
    client: CLIENT,
    connection: connectionOf[CLIENT]?.() ?? CONNECTION,
    useNullAsDefault: true,
    ...(connectionOf[CLIENT] === undefined ? { pool: { min: 0, max: 5 } } : {}),
  });
};
