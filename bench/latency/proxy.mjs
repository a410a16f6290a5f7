/**
 * A network that is further away: passes on TCP connections, and holds everything back for some time in each
 * direction.
 *
 * Node's timers know whole milliseconds only. What is due within half of one when a timer fires leaves with it, so
 * that data is late and early alike; a loop that waits more precisely would take the processor from those that
 * are measured. What the delay comes to is measured, too.
 */

import { connect, createServer } from 'node:net';
import { readInput } from '../support/processes.mjs';

const { host, port, delay } = readInput();

/** Passes data on in its order, each piece `delay` ms after it came. */
const holdBack = (from, to) => {
  const waiting = [];
  let timer;

  const pass = () => {
    timer = undefined;
    const now = performance.now();
    while (waiting.length > 0 && waiting[0].due <= now + 0.5) waiting.shift().send();
    if (waiting.length > 0) timer = setTimeout(pass, Math.max(1, Math.floor(waiting[0].due - now)));
  };

  const hold = (send) => {
    waiting.push({ due: performance.now() + delay, send });
    timer ??= setTimeout(pass, Math.floor(delay));
  };

  from.on('data', (data) => hold(() => to.write(data)));
  from.on('end', () => hold(() => to.end()));
  // A connection that breaks on one side is of no use on the other.
  from.on('error', () => to.destroy());
};

const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
  const far = connect({ host, port, noDelay: true, allowHalfOpen: true });
  holdBack(near, far);
  holdBack(far, near);
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.once('disconnect', () => process.exit());
