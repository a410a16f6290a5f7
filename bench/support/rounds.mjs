/** Measures rows side by side: round after round, every round through all rows, each time in another order. */

import { summariseAll } from '../report/statistics.mjs';

/** The list, begun at another place in every round: no row is always measured after the same time under load. */
const rotate = (rows, round, rounds) => {
  const start = Math.floor((round * rows.length) / rounds);
  return [...rows.slice(start), ...rows.slice(0, start)];
};

/**
 * @param rows each with a `title`
 * @param measure resolves with an object of numbers, nested as one likes, of one shape for a row
 * @param describe a line about one measurement, for those who wait
 * @returns the rows with `figures`, `{ median, min, max }` in place of each number, or with the `error` that
 *   ended them
 */
export const measureRounds = async (rows, rounds, measure, describe) => {
  const samples = new Map(rows.map((row) => [row, []]));
  const errors = new Map();
  for (let round = 0; round < rounds; round += 1) {
    for (const row of rotate(rows, round, rounds)) {
      if (errors.has(row)) continue;
      try {
        const sample = await measure(row);
        samples.get(row).push(sample);
        console.log(`  ${round + 1}/${rounds}  ${row.title}: ${describe(sample)}`);
      } catch (error) {
        errors.set(row, error);
        console.error(`FAILED  ${row.title}:`, error);
      }
    }
  }
  return rows.map((row) =>
    errors.has(row)
      ? { ...row, error: errors.get(row).message }
      : { ...row, figures: summariseAll(samples.get(row)) },
  );
};
