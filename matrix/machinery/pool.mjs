/** Limits how many jobs run at once. */

/** @returns a function that queues a job, and resolves or rejects with its result */
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
