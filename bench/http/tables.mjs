/** The figures of whole apps as a table. */

import { formatSummary, table } from '../report/table.mjs';

const cells = ({ requestsPerSecond, p50, p99 }) => [requestsPerSecond, p50, p99].map(formatSummary);

/** @param names of the kinds of requests that were measured */
export const rowsTable = (rows, names) =>
  table(
    ['', ...names.flatMap((name) => [`${name}/s`, 'p50 ms', 'p99 ms'])],
    rows.map(({ title, error, figures }) =>
      error === undefined
        ? [title, ...names.flatMap((name) => cells(figures[name]))]
        : [`${title}: FAILED`, ...names.flatMap(() => ['', '', ''])],
    ),
  );

/** A line about one measurement of a row. */
export const describe = (sample) =>
  Object.entries(sample)
    .map(([name, { requestsPerSecond, p50 }]) => `${Math.round(requestsPerSecond)} ${name}/s, p50 ${p50} ms`)
    .join('; ');
