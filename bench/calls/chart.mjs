/** The chart of section `calls`: calls/s of the store, relative to one prepared statement of the driver for each call. */

import { barChart } from '../report/chart.mjs';
import { format } from '../report/table.mjs';

/** @returns SVG by file name; none where no server was measured */
export const callsCharts = ({ rows, settings, machine }) => {
  const find = (wanted) => rows.find(({ id, figures }) => id === wanted && figures !== undefined);
  // SQLite is a function call away: there is no waiting that calls could share.
  const databases = rows
    .map(({ database }) => database)
    .filter((name, index, all) => all.indexOf(name) === index)
    .filter((name) => name !== 'sqlite' && find(`store-${name}`) && find(`driver-${name}`));
  const nameOf = (database) => find(`store-${database}`).title.replace('this store on ', '');
  const measured = databases.flatMap((database) =>
    settings.concurrencies.map((concurrency) => ({ database, concurrency })),
  );
  if (measured.length === 0) return {};

  const barOf = (call, { database, concurrency }) => {
    const perSecond = (caller) => find(`${caller}-${database}`).figures[call][concurrency].perSecond.median;
    const value = perSecond('store') / perSecond('driver');
    return { value, label: `${value.toFixed(2)}, ${format(perSecond('store'))}/s` };
  };
  const chart = barChart({
    title: 'Calls per second, relative to one prepared statement of the driver for each call',
    subtitle:
      `Longer is faster. ${format(settings.sessions)} sessions; ` +
      `${machine.cpu}, ${machine.cores} cores for store, driver and database`,
    groups: measured.map(
      ({ database, concurrency }) =>
        `${nameOf(database)}, ${concurrency === 1 ? 'one call alone' : `${concurrency.toLocaleString('en')} at once`}`,
    ),
    series: ['get', 'set'].map((call) => ({
      name: call,
      bars: measured.map((one) => barOf(call, one)),
    })),
    reference: 1,
  });
  return { 'calls.svg': chart };
};
