/** Texts and session ids as nobody would wish for them, for fast-check. */

import { createHash } from 'node:crypto';
import fc from 'fast-check';

export const words = (text: string): string[] => text.split(' ');

/** What some database, driver, format or language takes for more than text. */
export const pieces = [
  ...words(
    `' '' " \` \\ \\' ; -- /* */ # ( ) [ ] = , _ % %s ? ?? \\? (?) :name :id: @p0 $1 $$ {} [1,2] {"a":1}`,
  ),
  ...words(
    '\0 \n \r\n \t \b \x1a \x7f \u0080 \u200b \u202e \u0301 \ud800 \ud801 \udbff \udc00 \ude00 \ufffd \uffff',
  ),
  ...words('sha256: v1. koa:sess: __proto__ constructor toString null NaN'),
  ...[' ', '  ', ' as ', `') OR ('1'='1`, '\u00a0', '\u2028', '\ufeff'],
  // Equal for some collation, normal form or change of case; the last two end in what escapes, in old character sets.
  ...words(`é e\u0301 e E ß ss İ ı i ﬁ fi \u212b Å K \u212a 😀 👩‍👧 ¿' 表`),
];

const anyPieces = fc.string({ unit: fc.constantFrom(...pieces), maxLength: 6 });
/** Lone surrogates, too. */
const anyUnits = fc.string({
  unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
  maxLength: 12,
});

export const anyText = fc.oneof(
  fc.string({ maxLength: 12 }),
  anyPieces,
  anyUnits,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(anyPieces, fc.string({ maxLength: 8 }), anyPieces).map((parts) => parts.join('')),
);

/** As middlewares make them. */
const anyUsualSid = fc
  .tuple(fc.constantFrom('', 'koa:sess:'), fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 }))
  .map((parts) => parts.join(''));

export const anySid = fc.oneof(
  anyUsualSid,
  anyText.filter((text) => text !== ''),
  fc.string({ minLength: 90, maxLength: 110 }),
);

const digestOf = (text: string, encoding: BufferEncoding): string =>
  createHash('sha256').update(text, encoding).digest('base64url');

const swapCase = (text: string): string =>
  Array.from(text, (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('');

const ofLength = (text: string, length: number): string => text.padEnd(length, text).slice(0, length);

export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Ids that something between here and the disk might take for this one, or for one another; this one is the first. */
export const nearTo = (sid: string): string[] =>
  distinct([
    sid,
    ...[sid.toUpperCase(), sid.toLowerCase(), swapCase(sid)],
    ...[' ', '  ', '\t', '\n', '\0', '\u00a0', '\u200b', '\u0301'].map((end) => sid + end),
    ...[' ', '\0', '\ufeff'].map((start) => start + sid),
    ...['NFC', 'NFD', 'NFKC', 'NFKD'].map((form) => sid.normalize(form)),
    ...['\ud800', '\ud801', '\udc00', '\ufffd'].flatMap((unit) => [sid + unit, unit + sid]),
    ...[98, 99, 100, 101, 102, 200].map((length) => ofLength(sid, length)),
    ...['1', '2', ' ', '\0', 'é'].map((end) => ofLength(sid, 100) + end),
    ...['é', ' '].map((end) => ofLength(sid, 99) + end),
    ...['sha256:', 'SHA256:', 'sha256', 'sha256:sha256:', '__proto__', 'koa:sess:', ':', '$', '@'].map(
      (start) => start + sid,
    ),
    ...(['utf16le', 'utf8'] as const).flatMap((encoding) => [
      `sha256:${digestOf(sid, encoding)}`,
      digestOf(sid, encoding),
    ]),
    ...[`'`, `"`, '`', '%'].flatMap((quote) => [quote + sid, sid + quote, quote + sid + quote]),
    ...['\\', '?', '??', '\\?', '_', ',', ')', `' --`, `', '`, '$1', ':name'].map((end) => sid + end),
    ...[sid.slice(0, -1), sid.slice(1), sid + sid, `["${sid}"]`, JSON.stringify(sid)],
  ]).filter((one) => one !== '');

/** What can be no session id at all. */
export const anyNoSid = fc.oneof(
  fc.constant(''),
  fc.anything().filter((value) => typeof value !== 'string'),
);
