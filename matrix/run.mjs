/** Runs the cells of one part. Cells that share a project start as soon as it is installed. */

const groupBy = (items, keyOf) => {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
};

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const indented = (text) => text.replaceAll('\n', '\n    ');

/** In CI, only cells that need SQL Server may be skipped. */
const mustRun = ({ server }) => process.env.CI === 'true' && server !== 'mssql';

/**
 * @param part the export of a file in parts/
 * @param cells the cells of this part to run
 * @param run.context passed to the part's functions: `folder`, `tarball`, `nodes`, `servers`
 * @param run.pools `install` and `run`: each limits how many jobs run at once
 * @param run.outcomes receives, by cell name, `ok` or the reason for the failure
 * @param run.versions receives the installed versions
 */
export const runPart = async (part, cells, { context, pools, outcomes, versions }) => {
  console.log(`\n${part.title}`);
  const report = (cell, outcome, since) => {
    outcomes[cell.name] = outcome;
    const label = cell.name.slice(cell.name.indexOf(':') + 2);
    console.log(`  ${label}: ${indented(outcome)}${since === undefined ? '' : ` (${seconds(since)})`}`);
  };

  const runCell = async (cell, project) => {
    const since = performance.now();
    try {
      Object.assign(versions, await part.runCell(cell, project, context));
      report(cell, 'ok', since);
    } catch (error) {
      report(cell, `failed: ${error.message}`, since);
    }
  };

  const runGroup = async (group) => {
    const since = performance.now();
    let project;
    try {
      project = await pools.install(() => part.install(group[0], context));
      console.log(`  installed: ${part.projectOf(group[0])} (${seconds(since)})`);
    } catch (error) {
      for (const cell of group) report(cell, `failed: could not be installed: ${error.message}`);
      return;
    }
    await Promise.all(group.map((cell) => pools.run(() => runCell(cell, project))));
  };

  const runnable = cells.filter((cell) => {
    const missing = part.missing(cell, context);
    if (missing !== undefined) report(cell, `${mustRun(cell) ? 'failed' : 'not run'}: ${missing}`);
    return missing === undefined;
  });
  await Promise.all(groupBy(runnable, part.projectOf).map(runGroup));
};
