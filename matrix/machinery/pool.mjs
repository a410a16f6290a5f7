/** Many jobs, a few at a time. */

/** @returns a function that runs a job when there is room for it, and resolves or rejects as the job does */
export const createPool = (size) => {
  const waiting = [];
  let running = 0;
  const next = () => {
    if (running === size || waiting.length === 0) return;
    running += 1;
    const { job, resolve, reject } = waiting.shift();
    job()
      .then(resolve, reject)
      .finally(() => {
        running -= 1;
        next();
      });
  };
  return (job) =>
    new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      next();
    });
};
