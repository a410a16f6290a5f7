/** Lays out SQL by its tokens alone: texts that differ only in white space come out the same. */

/** String literals and quoted names are one token each, so their white space stays. */
const token =
  /N?'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[(?:[^\]]|\]\])*\]|--|::|[<>]=|<>|[\w@$.]+|\S/g;

/** Words with a space between them and `(`. All others are functions or types. */
const spaced =
  /^(as|and|or|not|in|on|key|into|from|using|where|values|insert|exists|conflict|then|when|top|with|[=<>,]|["`[].*)$/i;

const clauses =
  /^(select|from|where|values|order|limit|returning|output|using|on|when|for|and|or|create|drop)$/i;

/** @throws Error for SQL with comments: a golden file has comments of its own */
export const layOut = (sql: string): string => {
  const tokens: readonly string[] = sql.match(token) ?? [];
  if (tokens.includes('--')) throw new Error(`there is a comment in ${sql}`);
  const at = (index: number): string => (tokens[index] ?? '').toLowerCase();
  /** Whether this is MySQL's `VALUES(column)`: it follows an operator, or is a later argument. */
  const isFunction = (index: number): boolean => at(index) === 'values' && ['=', ','].includes(at(index - 1));
  /** Whether white space precedes the `(` at this index. */
  const isSpaced = (index: number): boolean =>
    (spaced.test(at(index - 1)) && !isFunction(index - 1)) || at(index - 2) === 'as' || at(index - 1) === ')';
  const lines: string[] = [];
  let line = '';
  const breakLine = (indent: number): void => {
    if (line.trim() !== '') lines.push(line);
    line = '  '.repeat(indent);
  };

  /** Open parentheses and CASEs: definitions and subqueries get lines of their own, the rest stays in line. */
  const open: ('definition' | 'query' | 'inline')[] = [];
  let start = 0;
  let isAssigning = false;
  let isBetween = false;

  tokens.forEach((text, index) => {
    const [word, before, after] = [at(index), at(index - 1), at(index + 1)];
    const top = open.at(-1);
    const depth = open.filter((kind) => kind !== 'inline').length;
    const isFirst = index === start;

    if (word === ')' || word === 'end') {
      open.pop();
      if (top === 'definition' || top === 'query') breakLine(depth - 1);
    } else if (clauses.test(word) && top !== 'inline' && top !== 'definition' && !isFirst) {
      const belongs =
        (word === 'from' && before === 'delete') ||
        isFunction(index) ||
        (word === 'on' && !['conflict', 'duplicate'].includes(after) && at(start) !== 'merge') ||
        (['create', 'drop'].includes(word) && at(start) !== 'if') ||
        (word === 'and' && isBetween) ||
        (['and', 'or'].includes(word) && ['when', 'matched'].includes(before)) ||
        (word === 'select' && before === '(');
      if (!belongs) {
        isAssigning = false;
        breakLine(depth + (['and', 'or'].includes(word) ? 1 : 0));
      }
      if (word === 'and') isBetween = false;
    }
    if (word === 'between') isBetween = true;

    const isTight =
      line.trim() === '' ||
      ['(', '.', '::'].includes(before) ||
      before.endsWith('.') ||
      [')', ',', ';', '.', '::', '[]'].includes(word) ||
      word.startsWith('.') ||
      (before === '-' && ['(', ','].includes(at(index - 2))) ||
      (word === '(' && !isSpaced(index));
    line += (isTight ? '' : ' ') + text;

    if (word === '(') {
      const isDefinition = at(start) === 'create' && at(start + 1) === 'table' && open.length === 0;
      const isTableOption = isDefinition && before === 'with';
      open.push(isDefinition && !isTableOption ? 'definition' : after === 'select' ? 'query' : 'inline');
      if (open.at(-1) !== 'inline') breakLine(depth + 1);
    } else if (word === 'case') {
      open.push('inline');
    } else if (word === ';' && top === undefined) {
      breakLine(0);
      start = index + 1;
      isAssigning = false;
    } else if (word === ',' && (top === 'definition' || (isAssigning && top === undefined))) {
      breakLine(depth + (isAssigning ? 1 : 0));
    } else if (
      top === undefined &&
      ((word === 'set' && before !== 'character') || (word === 'update' && before === 'key'))
    ) {
      isAssigning = true;
      breakLine(1);
    }
  });
  breakLine(0);
  return lines.join('\n');
};
