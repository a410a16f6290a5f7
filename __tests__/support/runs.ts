/** How often a property is tried, and from which seed. */

const seed = process.env.FC_SEED;

/** Set in the unit lane (jest.unit.config.cjs), which is to be fast; `npm test` tries each property as often as it says. */
const share = 'withoutServers' in globalThis ? 0.1 : 1;

/**
 * Parameters for `fc.assert`. Every run of the tests draws a seed of its own, which a failure reports; with
 * that one in `FC_SEED` the same values come again.
 */
export const runs = (
  numRuns: number,
): { numRuns: number; interruptAfterTimeLimit: number; seed?: number } => ({
  numRuns: Math.ceil(share * numRuns),
  // Ends the search for a smaller counterexample as well: it is to be reported before the test times out.
  interruptAfterTimeLimit: 20_000,
  ...(seed === undefined ? {} : { seed: Number(seed) }),
});

/** The same, where no run may be left out: one that takes so long that the test would time out fails instead. */
export const everyRun = (numRuns: number): ReturnType<typeof runs> & { markInterruptAsFailure: true } => ({
  ...runs(numRuns),
  interruptAfterTimeLimit: 110_000,
  markInterruptAsFailure: true,
});
