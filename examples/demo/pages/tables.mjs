/** What the tables hold of the visitor's session, side by side. */

import { html } from '../html.mjs';
import { amount, moment } from './layout.mjs';

const settings = {
  plain: {
    title: 'As it is',
    code: 'no options',
    id: ['open', 'id in the clear'],
    data: ['open', 'data in the clear'],
    thief:
      'A thief of this table has every id and all data. Only the signature of the cookies is left in the way.',
  },
  hashed: {
    title: 'Ids hashed',
    code: '{ hashIds: true }',
    id: ['closed', 'id hashed'],
    data: ['open', 'data in the clear'],
    thief: 'A thief of this table has all data, but digests for ids, and nobody can log in with a digest.',
  },
  sealed: {
    title: 'Hashed and sealed',
    code: '{ hashIds: true, secret }',
    id: ['closed', 'id hashed'],
    data: ['closed', 'data sealed'],
    thief: 'A thief of this table has neither: only how many sessions there are, how large, and until when.',
  },
};

/** @param tables as `readTables` reads them */
export const tableList = (tables) => html`
  <section id="tables" aria-labelledby="tables-title">
    <h2 id="tables-title">Your row, with three settings</h2>
    <p class="lead">
      An app has one store, with one setting. This demo writes your session with three of them, into three
      tables, and reads them here with <code>SELECT</code>. It trusts the last. All know by
      <code>userId</code> whose a session is.
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
        <p class="hint others">${otherRows(others, more)} In table <code>${tableName}</code>.</p>
      </div>
    </article>
  `;
};

/** Where long texts may be broken: JSON after commas. */
const breakable = (text) => text.split(/(?<=,)/).map((part) => html`${part}<wbr />`);

const ownRow = ({ id, hidden, user_id, data, expires }, kind) => html`
  <dl class="row ${kind}">
    <dt>id</dt>
    <dd>
      <code>${id}${hidden > 0 && '…'}</code>
      ${hidden > 0 && html`<span class="hint">and ${hidden} more characters, which are your login</span>`}
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
