/** Names of tables as nobody would wish for them. */

import fc from 'fast-check';
import { pieces, words } from './ids';

/** What must work as a name, whatever it looks like. */
export const usableNames = [
  ...words(
    `' '' a'b " "" a"b "a" \` \`\` a\`b ; a;b ( ) { {} a{0}b , = $$ $1 $body$ % %s _ @p0 @ # #a &|^~!<> +`,
  ),
  ...words(`/ a/b : :name :name: 0 1e5 -- /* */ /**/ a'-- a"/* as select TABLE group user NULL true default`),
  ...words(`victim" victim; victim-- victim() "victim __proto__ constructor toString con`),
  ...words(
    `é e\u0301 ÀÉ ﬁ İ ß ſ Ω 表 \u212b שלום \u202eabc \u200b x\u200b a\ufeffb \u0085 a\u2028b \ufffd \uffff`,
  ),
  ...[
    'a b',
    'a  b',
    'a\u00a0b',
    'a as',
    'as b',
    '-- a',
    '/* a */',
    'SELECT * FROM victim',
    'DROP TABLE victim',
  ],
  ...['"; DROP TABLE victim; --', `victim" (id) VALUES ('x'); --`, 'victim` (id)', `victim' OR '1'='1`],
  ...['`; DROP TABLE victim; --', `'; DROP TABLE victim; --`, 'victim ;', '); DELETE FROM victim; --'],
  ...['x'.repeat(63), `${'x'.repeat(62)}y`, 'é'.repeat(31), `${'x'.repeat(60)}"'\``],
];

/** Tables beside them, as some of these names may be misread, or folded by a collation or a normal form. */
export const canaries = [
  ...words(`victim Sessions sessions2 a b ab a''b a""b name 1 body p0 users zebra`),
  ...words('e e\u0301\u0301 É Aé ae fi i I ss SS s w \u00c5 A x X1 abc'),
  ...['x'.repeat(62), 'x'.repeat(61), 'é'.repeat(30)],
];

/** What must be refused. */
export const unusableNames: unknown[] = [
  ...words(
    ". .. a. .a a..b a.b.c.d * a.* ? ?? a?b \\ a\\ \\' a\0b \n a\nb \x1a \x7f \ud800 a\udc00 ../victim",
  ),
  ...words('[ ] [a] a[1] victim[1];-- [victim]'),
  ...['', ' ', ' a', 'a ', '\ufeffa', 'a\t', 'a. b', 'a .b', 'a as b', 'victim AS v', 'a\u3000as\u2003b'],
  ...['x'.repeat(64), 'é'.repeat(32), 'x'.repeat(100_000), `"; DROP TABLE victim; SELECT '?`],
  ...[
    null,
    0,
    7,
    NaN,
    1n,
    true,
    Symbol('victim'),
    () => 'victim',
    ['victim'],
    ['a', 'b'],
    {},
    { victim: 'v' },
  ],
  ...[
    { toString: () => 'victim' },
    new Map([['a', 'victim']]),
    Buffer.from('victim'),
    Object('victim') as object,
  ],
];

const anyPart = fc.oneof(
  fc.constantFrom(...pieces, '[1]', '[', ']', 'victim', 'DROP TABLE victim', 'a', 'B'),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 3 }),
  fc.integer({ min: 0x80, max: 0xd7ff }).map((unit) => String.fromCharCode(unit)),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);

/** Mostly names that can be used. */
export const anyTableName = fc
  .array(anyPart, { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('').trim());
