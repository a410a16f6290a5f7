/** Several rounds of a figure come to a median with its range; two medians come to a ratio with its target. */

/** @returns the median, and how far the rounds lie apart */
export const summarise = (samples) => {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
};

/** @returns objects of one shape, with numbers at their ends, as one with summaries at its ends */
export const summariseAll = (samples) => {
  if (typeof samples[0] === 'number') return summarise(samples);
  return Object.fromEntries(
    Object.keys(samples[0]).map((key) => [key, summariseAll(samples.map((sample) => sample[key]))]),
  );
};

/**
 * A ratio of medians beside its target.
 *
 * @param target `{ atLeast }` or `{ atMost }`
 */
export const ratioOf = (title, dividend, divisor, target) => {
  const value = dividend.median / divisor.median;
  return { title, value, ...target, isMet: isMet(value, target) };
};

/** A figure of its own beside its target. */
export const figureOf = (title, value, target) => ({ title, value, ...target, isMet: isMet(value, target) });

const isMet = (value, { atLeast = -Infinity, atMost = Infinity }) => value >= atLeast && value <= atMost;
