/** The axis of a chart: where its lines are, and how far along it a value lies. */

/** How far apart lines may be, in powers of ten: steps that people count in. */
const steps = [1, 2, 2.5, 5, 10];

const linear = (largest) => {
  const power = 10 ** Math.floor(Math.log10(largest / 5));
  const step = steps.map((one) => one * power).find((one) => largest / one <= 6);
  const ticks = Array.from({ length: Math.floor(largest / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
  return { ticks, share: (value) => value / largest };
};

const logarithmic = (smallest, largest) => {
  const first = Math.floor(Math.log10(smallest));
  const last = Math.log10(largest);
  const ticks = Array.from({ length: Math.floor(last) - first + 1 }, (_, index) =>
    Number((10 ** (first + index)).toPrecision(12)),
  );
  return { ticks, share: (value) => (Math.log10(value) - first) / (last - first) };
};

/** @returns the values at which lines stand, and a function from a value to a share of the axis, from 0 to 1 */
export const ticksOf = (values, isLogarithmic) => {
  const largest = Math.max(...values);
  return isLogarithmic ? logarithmic(Math.min(...values), largest) : linear(largest);
};
