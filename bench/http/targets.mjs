/** What the rows must come to, beside one another. */

import { databaseNames, databaseTitles } from '../databases.mjs';
import { ratioOf } from '../report/statistics.mjs';

const targets = {
  sqlite: { memory: { reads: 0.95, writes: 0.9 }, connect: { reads: 2.2, writes: 3 } },
  postgres: {
    memory: { reads: 0.95, writes: 0.6 },
    connect: { reads: 2.2, writes: 3 },
    redis: { reads: 1, writes: 0.9 },
  },
  mariadb: {
    memory: { reads: 0.95, writes: 0.6 },
    connect: { reads: 2.2, writes: 3 },
    redis: { reads: 1, writes: 0.9 },
  },
};

/** What hashing and sealing may leave of the requests/s without. */
const protectedReads = { hashed: 0.9, sealed: 0.9 };

/** @returns the ratio of requests/s of this store to its peers, wherever both were measured */
export const httpTargets = (rows) => {
  const find = (id) => rows.find((row) => row.id === id && row.figures !== undefined);
  const costs = databaseNames.flatMap((database) =>
    Object.entries(protectedReads).flatMap(([storeName, atLeast]) => {
      const [own, plain] = [find(`${storeName}-${database}`), find(`store-${database}`)];
      if (own === undefined || plain === undefined) return [];
      const reads = ({ figures }) => figures.reads.requestsPerSecond;
      return [ratioOf(`reads, ${own.title} / without`, reads(own), reads(plain), { atLeast })];
    }),
  );
  const peers = databaseNames.flatMap((database) => {
    const own = find(`store-${database}`);
    return Object.entries(targets[database]).flatMap(([peerName, kinds]) => {
      const peer = find(peerName) ?? find(`${peerName}-${database}`);
      if (own === undefined || peer === undefined) return [];
      return Object.entries(kinds).map(([kind, atLeast]) =>
        ratioOf(
          `${kind}, ${databaseTitles[database]} / ${peerName === 'connect' ? 'connect-session-knex' : peer.title}`,
          own.figures[kind].requestsPerSecond,
          peer.figures[kind].requestsPerSecond,
          { atLeast },
        ),
      );
    });
  });
  return [...peers, ...costs];
};
