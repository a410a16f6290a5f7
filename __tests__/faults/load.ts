/** A steady load of visitors who remember what they were told, and notice when it is forgotten. */

import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Knex } from 'knex';
import { createClient, type Address, type Answer, type Client } from '../support/app';

/** What an app answers when it cannot serve, see `apps/app.mjs`. */
export interface Refusal {
  status: number;
  code: string | null;
  operation: string | null;
  cause: string | null;
  /** How long it took, in ms. */
  took: number;
}

/** What visitors saw. */
export interface Report {
  /** When requests succeeded, by `performance.now()`: a list for each who sends one after the other. */
  successes: number[][];
  refusals: Refusal[];
  /** Whatever must never be: requests without any answer, writes that are lost, sessions of somebody else. */
  wrong: string[];
}

export interface Load {
  report: Report;
  /** No further requests; resolves when those under way have ended. */
  stop(this: void): Promise<Report>;
  /** What the visitors were told last must be in the table; what is not is wrong. */
  compareWith(this: void, table: Knex.QueryBuilder): Promise<Report>;
}

/** Visitors, each with a session and a browser of its own: the first of them write, and all of them read. */
const visitors = 8;
const writers = 6;
const readersPerVisitor = 2;

/** Between the requests of one visitor, in ms, so that the load leaves time to the database. */
const pause = 10;

interface Visitor {
  user: string;
  client: Client;
  /** The highest count that a response confirmed. */
  acknowledged: number;
  /** How often the count may have been raised: an error does not say that nothing was written. */
  attempted: number;
}

const countOf = (answer: Answer, { user }: Visitor): number => {
  const seen = JSON.parse(answer.text) as { user: string | null; visits: number };
  if (seen.user !== user) throw new Error(`${user} is shown the session of ${String(seen.user)}`);
  return seen.visits;
};

/** @param url of an app in `apps/`; all visitors have logged in when it resolves, which must succeed */
export const startLoad = async (url: Address, name: string): Promise<Load> => {
  const report: Report = { successes: [], refusals: [], wrong: [] };
  let stopped = false;

  const logIn = async (n: number): Promise<Visitor> => {
    const visitor = { user: `${name}-${n}`, client: createClient(url), acknowledged: 0, attempted: 0 };
    countOf(await visitor.client.post(`/login?user=${visitor.user}`), visitor);
    return visitor;
  };

  /** Requests, one after the other, until the load stops; `send` returns what is wrong with an answer. */
  const repeat = async (visitor: Visitor, send: () => Promise<Answer | undefined>): Promise<void> => {
    const successes: number[] = [];
    report.successes.push(successes);
    while (!stopped) {
      const begun = performance.now();
      try {
        const answer = await send();
        const now = performance.now();
        if (answer === undefined) successes.push(now);
        else
          report.refusals.push({
            ...(JSON.parse(answer.text) as Refusal),
            status: answer.status,
            took: now - begun,
          });
      } catch (error) {
        report.wrong.push(`${visitor.user}: ${inspect(error)}`);
      }
      await delay(pause * (0.5 + Math.random()));
    }
  };

  const write = (visitor: Visitor) => async (): Promise<Answer | undefined> => {
    const before = visitor.acknowledged;
    visitor.attempted += 1;
    const answer = await visitor.client.post('/visit');
    if (answer.status !== 200) return answer;
    const count = countOf(answer, visitor);
    if (count <= before || count > visitor.attempted) {
      report.wrong.push(`${visitor.user}: ${count} written after ${before} was acknowledged`);
    }
    visitor.acknowledged = count;
    return undefined;
  };

  const read = (visitor: Visitor) => async (): Promise<Answer | undefined> => {
    const before = visitor.acknowledged;
    const answer = await visitor.client.get('/');
    if (answer.status !== 200) return answer;
    const count = countOf(answer, visitor);
    if (count < before || count > visitor.attempted) {
      report.wrong.push(`${visitor.user}: ${count} read after ${before} was acknowledged`);
    }
    return undefined;
  };

  const all = await Promise.all(Array.from({ length: visitors }, (_, n) => logIn(n)));
  const ended = Promise.all(
    all.flatMap((visitor, n) => [
      ...(n < writers ? [repeat(visitor, write(visitor))] : []),
      ...Array.from({ length: readersPerVisitor }, () => repeat(visitor, read(visitor))),
    ]),
  );

  return {
    report,
    stop: async () => {
      stopped = true;
      await ended;
      return report;
    },
    compareWith: async (table) => {
      const rows = await table.select<{ data: string }[]>('data');
      const stored = rows.map(({ data }) => JSON.parse(data) as { user: string; visits: number });
      for (const { user, acknowledged, attempted } of all) {
        const counts = stored.filter((session) => session.user === user).map(({ visits }) => visits);
        const [count = -1] = counts;
        if (counts.length !== 1 || count < acknowledged || count > attempted) {
          report.wrong.push(`${user}: stored ${counts.join()} after ${acknowledged} was acknowledged`);
        }
      }
      return report;
    },
  };
};
