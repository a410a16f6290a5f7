/**
 * A network that fails at random between a store and its database: connections are cut, closed from one side, fall
 * silent, and carry things late.
 *
 * What it holds back when a connection ends is gone, and the server is the first to learn of the end: before the client
 * can notice, the server has done what reached it, or never will. That is how connections end whose server ends them.
 * (Where a server may still begin with a statement after its client has lost the connection and repeated it on another
 * one, no client can prevent that it takes effect after a later write.)
 */

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createDirection } from './direction';

const kinds = ['cut', 'end to server', 'end to client', 'silence', 'long silence', 'refusal'] as const;
type Fault = (typeof kinds)[number];

export interface Chaos {
  /** The database's address with the network's port in place of its own. */
  url: string;
  /** How often each fault has happened. */
  faults: Readonly<Record<Fault, number>>;
  /** From now on all is well. */
  calm(this: void): void;
  close(this: void): Promise<void>;
}

/** How often faults come, out of 100. */
const frequencies: Record<Fault, number> = {
  cut: 30,
  'end to server': 20,
  'end to client': 15,
  silence: 17,
  'long silence': 6,
  refusal: 12,
};

/** The least and the most, in ms. */
const times = {
  betweenFaults: [20, 120],
  delay: [1, 40],
  silence: [50, 800],
  'long silence': [2_200, 4_000],
  refusal: [20, 200],
} as const;

/** Of all chunks. */
const delayed = 0.1;

/** How long a server may take to let go of a connection, in ms. */
const patience = 2_000;

/**
 * @param url of a database server
 * @param random a number from 0 up to 1, as Math.random
 */
export const createChaos = async (url: string, random: () => number): Promise<Chaos> => {
  const target = new URL(url);
  const faults: Record<string, number> = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  const connections = new Set<Connection>();
  /** Until when each of these is left alone: otherwise hardly any would live to carry what comes late. */
  const spared = new WeakMap<Connection, number>();
  let isCalm = false;
  let refusedUntil = 0;

  const timeFor = (what: keyof typeof times): number => {
    const [least, most] = times[what];
    return least + random() * (most - least);
  };
  const delayOf = (): number => (!isCalm && random() < delayed ? timeFor('delay') : 0);

  const accept = (client: Socket): void => {
    if (performance.now() < refusedUntil) client.resetAndDestroy();
    else connections.add(createConnection(client, connectToServer(), delayOf, forget));
  };
  const connectToServer = (): Socket =>
    connect({ port: Number(target.port), host: target.hostname, allowHalfOpen: true, noDelay: true });
  const forget = (connection: Connection): void => {
    connections.delete(connection);
  };

  const strike = (): void => {
    let chance = random() * 100;
    const kind = kinds.find((one) => (chance -= frequencies[one]) < 0) ?? 'cut';
    const now = performance.now();
    const victims = [...connections].filter((connection) => (spared.get(connection) ?? 0) < now);
    const victim = victims[Math.floor(random() * victims.length)];
    if (kind === 'refusal') refusedUntil = now + timeFor(kind);
    else if (victim === undefined) return;
    else if (kind === 'silence') victim.fallSilent(random() < 0.5, timeFor(kind));
    else if (kind === 'long silence') {
      victim.fallSilent(true, timeFor(kind));
      spared.set(victim, now + 2 * times[kind][1]);
    } else victim.end(kind);
    faults[kind] = (faults[kind] ?? 0) + 1;
  };

  let timer: NodeJS.Timeout;
  const strikeLater = (): void => {
    timer = setTimeout(() => {
      strike();
      strikeLater();
    }, timeFor('betweenFaults'));
  };
  strikeLater();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String((server.address() as AddressInfo).port);

  const calm = (): void => {
    isCalm = true;
    refusedUntil = 0;
    clearTimeout(timer);
  };

  return {
    url: own.href,
    faults: faults as Record<Fault, number>,
    calm,
    close: async () => {
      calm();
      for (const connection of connections) connection.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

interface Connection {
  end(kind: 'cut' | 'end to server' | 'end to client'): void;
  /** What comes next in one direction is carried so many ms later, and what follows it not before. */
  fallSilent(toServer: boolean, ms: number): void;
  destroy(): void;
}

const createConnection = (
  client: Socket,
  server: Socket,
  delayOf: () => number,
  forget: (connection: Connection) => void,
): Connection => {
  const toServer = createDirection(server, delayOf);
  const toClient = createDirection(client, delayOf);

  const destroy = (): void => {
    toServer.drop();
    toClient.drop();
    server.destroy();
    client.destroy();
    forget(connection);
  };

  /** What is held back is dropped; the server reads what has reached it, and then the end. */
  const endToServer = (): void => {
    toServer.drop();
    server.end();
    const timer = setTimeout(destroy, patience);
    server.once('close', () => {
      clearTimeout(timer);
    });
    forget(connection);
  };

  const connection: Connection = {
    end: (kind) => {
      endToServer();
      if (kind === 'end to server') return;
      toClient.drop();
      server.once('close', () => {
        if (kind === 'cut') client.resetAndDestroy();
        else client.end();
      });
    },
    fallSilent: (isToServer, ms) => {
      (isToServer ? toServer : toClient).holdNext(ms);
    },
    destroy,
  };

  // Once the client is gone, nothing that it has sent and that is held back reaches the server.
  client.on('data', toServer.push).on('end', endToServer).on('error', destroy).on('close', destroy);
  server.on('data', toClient.push).on('end', toClient.end).on('error', destroy);
  return connection;
};
