/** Requests that have loaded their session, and go on when another request says so. */

'use strict';

const waiting = [];

/** Resolves when somebody lets go. */
exports.hold = () =>
  new Promise((resolve) => {
    waiting.push(resolve);
    console.log(`requests on hold: ${waiting.length}`);
  });

exports.letGo = () => {
  for (const resolve of waiting.splice(0)) resolve();
};
