/** Reads the tables with SELECT: the user's row, and the visible parts of other rows. */

/** Number of other rows to list. Further rows are only counted. */
const listed = 3;

/** Number of characters of an id to show, not counting the prefix of a digest. */
const shown = 8;

/** The beginning of an id. In the plain table, the full id would be a login. */
const beginning = (id) => id.slice(0, (id.startsWith('sha256:') ? 7 : 0) + shown);

/**
 * @param tables of the sessions, see sessions.mjs
 * @param sid the user's session id
 * @returns for each table { kind, tableName, own, others, more }: `own` is { id, hidden (number of hidden characters of
 * the id), user_id, data, expires (seconds since the epoch) }, or undefined; `others` are { id, bytes }; `more` is the
 * number of rows not listed
 */
export const readTables = (knex, tables, sid) =>
  Promise.all(
    tables.map(async ({ kind, tableName, keyOf }) => {
      const key = keyOf(sid);
      const now = Math.floor(Date.now() / 1000);
      const row = await knex(tableName)
        .select('id', 'user_id', 'data', 'expires')
        .where({ id: key })
        .where('expires', '>', now)
        .first();
      const rest = () => knex(tableName).whereNot({ id: key }).where('expires', '>', now);
      const [{ total }] = await rest().count({ total: '*' });
      const others = await rest()
        .select('id', knex.raw('length(cast(data as blob)) as bytes'))
        .orderBy([{ column: 'created_at', order: 'desc' }, 'id'])
        .limit(listed);
      return {
        kind,
        tableName,
        own: row && withoutLogin(row, kind),
        others: others.map(({ id, bytes }) => ({ id: beginning(id), bytes })),
        more: Math.max(total - others.length, 0),
      };
    }),
  );

/** The row, without the part of a plain id that would make it a login. Digests are shown in full. */
const withoutLogin = (row, kind) => {
  const id = kind === 'plain' ? beginning(row.id) : row.id;
  return { ...row, id, hidden: row.id.length - id.length };
};
