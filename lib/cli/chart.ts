/** When sessions end, as a small chart. */

import Chartscii from 'chartscii';
import { counted } from './numbers';

const hour = 3600;
const mostColumns = 48;
const height = 6;

export interface Columns {
  /** How many hours one column stands for. */
  readonly hours: number;
  /** Where columns begin and end, in seconds since the epoch: one more than there are columns. */
  readonly bounds: readonly number[];
}

/** Columns of whole hours from now until the last session ends. Both in seconds since the epoch. */
export const columnsUntil = (last: number, now: number): Columns => {
  const hoursLeft = Math.max(Math.ceil((last - now) / hour), 0);
  const hours = Math.max(Math.ceil(hoursLeft / mostColumns), 1);
  const columns = Math.ceil(hoursLeft / hours);
  return { hours, bounds: Array.from({ length: columns + 1 }, (_, n) => now + n * hours * hour) };
};

const inHours = (hours: number): string => (hours === 1 ? 'hour' : `${counted(hours)} hours`);

/** @param counts how many sessions end in each column */
export const expiryChart = (counts: readonly number[], hours: number): string => {
  const chart = new Chartscii([...counts], {
    type: 'bar',
    orientation: 'vertical',
    height,
    width: counts.length,
    barSize: 1,
    padding: 0,
    labels: false,
    structure: { axis: '│', x: '─', y: '│', topLeft: '│', bottomLeft: '└' },
  });
  const most = Math.max(...counts);
  const end = `in ${inHours(counts.length * hours)}`;
  return [
    `sessions that end per ${inHours(hours)}, at most ${counted(most)}:`,
    ...chart
      .create()
      .split('\n')
      .map((line) => line.trimEnd()),
    ` now${end.padStart(counts.length - 3)}`,
  ].join('\n');
};
