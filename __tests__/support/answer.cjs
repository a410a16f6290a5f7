/** The side of a worker: see `workers.ts`. */

'use strict';

/** @param tasks functions by name: each takes the details, and returns what can be sent, or a promise of it */
module.exports = (tasks) => {
  process.on('message', async ({ task, details }) => {
    try {
      process.send({ answer: await tasks[task](details) });
    } catch (error) {
      process.send({ error: `${error.code} ${error.stack}; cause: ${error.cause?.stack}` });
    }
  });
};
