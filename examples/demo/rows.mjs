/** What the tables hold, as SELECT reads it: the row of a visitor, and what may be shown of the others. */

/** How many rows of others are listed; the rest is counted. */
const listed = 3;

/** How much of an id is shown, after its prefix if it is a digest, in characters. */
const shown = 8;

/** The beginning of an id: in the plain table, the rest of it is what would be needed to log in. */
const beginning = (id) => id.slice(0, (id.startsWith('sha256:') ? 7 : 0) + shown);

/**
 * @param tables of the sessions, see sessions.mjs
 * @param sid the visitor's
 * @returns for each table { kind, tableName, own, others, more }: `own` is { id, hidden (characters of the id that
 * are not shown), user_id, data, expires (seconds since the epoch) }, or undefined; `others` are { id, bytes }; `more`
 * is how many others are not among them
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

/** The row, with as much of its id as logs nobody in: a digest may be shown whole. */
const withoutLogin = (row, kind) => {
  const id = kind === 'plain' ? beginning(row.id) : row.id;
  return { ...row, id, hidden: row.id.length - id.length };
};
