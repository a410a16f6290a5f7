/** The user's session in each table, side by side. */

import { html } from '../html.mjs';
import { amount, moment } from './layout.mjs';

const settings = {
  plain: {
    title: 'Plain',
    code: 'default options',
    id: ['open', 'plain id'],
    data: ['open', 'plain data'],
    thief:
      'A thief of this table gets all data and all session ids. Only the cookie signature prevents logins.',
  },
  hashed: {
    title: 'Hashed ids',
    code: '{ hashIds: true }',
    id: ['closed', 'hashed id'],
    data: ['open', 'plain data'],
    thief: 'A thief of this table gets all data, but no logins: a digest is not a session id.',
  },
  encrypted: {
    title: 'Hashed and encrypted',
    code: '{ hashIds: true, secret }',
    id: ['closed', 'hashed id'],
    data: ['closed', 'encrypted data'],
    thief: 'A thief of this table gets only the number, sizes and expiry times of the sessions.',
  },
};

/** @param tables as `readTables` returns them */
export const tableList = (tables) => html`
  <section id="tables" aria-labelledby="tables-title">
    <h2 id="tables-title">Your row with three configurations</h2>
    <p class="lead">
      An app has one store. To compare options, this demo saves your session with three stores, each in its
      own table, and reads the rows with <code>SELECT</code>. It loads sessions from the third. All three use
      the option <code>userId</code>.
    </p>
    <div class="tables">${tables.map(tableCard)}</div>
  </section>
`;

const mark = ([kind, text]) => html`<li class="mark ${kind}">${text}</li>`;

const tableCard = ({ kind, tableName, own, others, more }) => {
  const { title, code, id, data, thief } = settings[kind];
  return html`
    <article class="card" aria-labelledby="${kind}-title">
      <h3 id="${kind}-title">${title}</h3>
      <p class="setting"><code>${code}</code></p>
      <ul class="marks">
        ${mark(id)} ${mark(data)}
      </ul>
      <p class="thief">${thief}</p>
      <div id="${kind}-rows" data-live>
        ${own && ownRow(own, kind)}
        <p class="hint others">${otherRows(others, more)} Table: <code>${tableName}</code>.</p>
      </div>
    </article>
  `;
};

/** Allows line breaks after commas, for JSON. */
const breakable = (text) => text.split(/(?<=,)/).map((part) => html`${part}<wbr />`);

const ownRow = ({ id, hidden, user_id, data, expires }, kind) => html`
  <dl class="row ${kind}">
    <dt>id</dt>
    <dd>
      <code>${id}${hidden > 0 && '…'}</code>
      ${hidden > 0 && html`<span class="hint">${hidden} more characters are hidden: the full id is your login</span>`}
    </dd>
    <dt>user_id</dt>
    <dd><code>${user_id}</code></dd>
    <dt>data</dt>
    <dd><code id="${kind}-data" data-flash>${breakable(data)}</code></dd>
    <dt>expires</dt>
    <dd><code>${expires}</code> <span class="hint">${moment(new Date(expires * 1000))}</span></dd>
  </dl>
`;

const otherRows = (others, more) => {
  if (others.length === 0) return 'No other rows.';
  const listed = others.map(
    ({ id, bytes }, index) => html`${index > 0 && ', '}<code>${id}…</code>&nbsp;(${amount(bytes, 'byte')})`,
  );
  return html`Other rows: ${listed}${more > 0 && `, and ${more} more`}.`;
};
