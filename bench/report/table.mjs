/** Tables of plain text. */

const isNumeric = (text) => /^[\d<>+-]/.test(text);

/**
 * @param head titles of the columns
 * @param rows of strings; columns of numbers are aligned to the right
 */
export const table = (head, rows) => {
  const cells = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const isRight = head.map((_, column) => column > 0 && rows.every((row) => isNumeric(row[column] || '0')));
  const line = (row) =>
    row
      .map((cell, column) => (isRight[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
};

/** @returns a number with as many digits as say something: 12,345 or 12.3 or 0.12 */
export const format = (number) => {
  const digits = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
  return number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

/** @returns `median (min-max)`, or the figure alone where all rounds agree */
export const formatSummary = ({ median, min, max }) =>
  min === max ? format(median) : `${format(median)} (${format(min)}-${format(max)})`;

/** Ratios and figures with their targets, as `statistics.mjs` makes them; nothing where none was measured. */
export const targetsTable = (targets) =>
  targets.length > 0 &&
  table(
    ['against the targets', 'measured', 'target', ''],
    targets.map(({ title, value, atLeast, atMost, isMet }) => [
      title,
      format(value),
      atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`,
      isMet ? 'met' : 'MISSED',
    ]),
  );
