/** The chart of section `growth`: calls/s on tables of several sizes. */

import { barChart } from '../report/chart.mjs';
import { format } from '../report/table.mjs';

/** @returns SVG by file name */
export const growthCharts = ({ rows, settings, machine }) => {
  const measured = rows.filter(({ figures }) => figures !== undefined);
  if (measured.length === 0) return {};
  const chart = barChart({
    title: 'Calls per second on tables of several sizes',
    subtitle:
      `Longer is faster. ${settings.concurrency} calls at once, median of ${settings.rounds}; ` +
      `${machine.cpu}, ${machine.cores} cores`,
    groups: measured.map(({ title }) => title),
    series: ['get', 'set'].map((call) => ({
      name: call,
      bars: measured.map(({ figures }) => {
        const value = figures[call].perSecond.median;
        return { value, label: `${format(value)}/s` };
      }),
    })),
  });
  return { 'growth.svg': chart };
};
