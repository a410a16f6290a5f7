/** The chart of section `http`: requests/s of every row, relative to sessions in memory. */

import { barChart } from '../report/chart.mjs';
import { format } from '../report/table.mjs';

/** @returns SVG by file name; none where sessions in memory were not measured */
export const httpCharts = ({ rows, settings, machine }) => {
  const find = (wanted) => rows.find(({ id, figures }) => id === wanted && figures !== undefined);
  const memory = find('memory');
  if (memory === undefined) return {};
  // An app without sessions is no choice that anybody has: as a bar, it would only make the others short.
  const measured = rows.filter(({ id, figures }) => id !== 'none' && figures !== undefined);

  const barOf = (row, kind) => {
    const { median } = row.figures[kind].requestsPerSecond;
    const value = median / memory.figures[kind].requestsPerSecond.median;
    return { value, label: `${value.toFixed(2)}, ${format(median)}/s` };
  };
  const chart = barChart({
    title: 'Requests per second of a Koa app, relative to sessions in memory',
    subtitle:
      `Longer is faster. Koa 2 with koa-generic-session 2, ${settings.connections} connections, ` +
      `${settings.users} sessions; ${machine.cpu}, ${machine.cores} cores for app, load and database`,
    groups: measured.map((row) => row.title),
    series: Object.keys(settings.paths).map((kind) => ({
      name: kind,
      bars: measured.map((row) => barOf(row, kind)),
    })),
    reference: 1,
  });
  return { 'http.svg': chart };
};
