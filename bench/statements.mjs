/** Plain statements for one row of the session table, as one would write them by hand. */

const upserts = {
  sqlite: (table) => `
INSERT INTO ${table} (id, data, expires) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires = excluded.expires`,
  postgres: (table) => upserts.sqlite(table),
  mariadb: (table) => `
INSERT INTO ${table} (id, data, expires) VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE data = VALUES(data), expires = VALUES(expires)`,
};

/** Where the rows are in what `knex.raw` resolves with. */
const rowsOf = {
  sqlite: (response) => response,
  postgres: (response) => response.rows,
  mariadb: ([rows]) => rows,
};

/** @returns SQL with `?` for the values: of id, data and expires, or of id and the current second */
export const rowStatements = ({ database, table }) => ({
  select: `SELECT data FROM ${table} WHERE id = ? AND expires > ?`,
  upsert: upserts[database](table),
  remove: `DELETE FROM ${table} WHERE id = ?`,
  rows: rowsOf[database],
});
