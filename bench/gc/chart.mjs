/** The chart of section `gc`: how long reads take while expired rows are deleted beside them. */

import { barChart } from '../report/chart.mjs';
import { format } from '../report/table.mjs';

const duration = (ms) => (ms >= 1000 ? `${format(ms / 1000)} s` : `${format(ms)} ms`);

/** @returns SVG by file name */
export const gcCharts = ({ rows, settings, machine }) => {
  const measured = rows.filter(({ figures }) => figures !== undefined);
  if (measured.length === 0) return {};
  const seriesOf = (name, time) => ({
    name,
    bars: measured.map(({ figures }) => {
      const value = figures[time].same.p99.median;
      return { value, label: duration(value) };
    }),
  });
  const chart = barChart({
    title: 'How long 99 of 100 reads take at most, while expired rows are deleted beside them',
    subtitle:
      `Shorter is better; each line is ten times the one before. ${format(settings.rows / 2)} expired rows, ` +
      `as many live ones; ${machine.cpu}, ${machine.cores} cores`,
    groups: measured.map(({ title, figures }) => `${title}, ${format(figures.seconds.median)} s`),
    series: [seriesOf('before', 'before'), seriesOf('during', 'during')],
    unit: ' ms',
    isLogarithmic: true,
  });
  return { 'gc.svg': chart };
};
