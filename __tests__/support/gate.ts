/** A TCP gate in front of a real database server: it can be shut, open, or take connections and say nothing. */

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Gate {
  /** The database's address with the gate's port in place of its own. */
  url: string;
  /** From now on connections reach the database; an open gate stays as it is. */
  open(): Promise<void>;
  /** From now on connections are taken, and nothing is ever said. */
  stall(): Promise<void>;
  /** Connections end, and new ones are refused. */
  shut(): Promise<void>;
}

/** @param url of a database server; the gate is shut at first, on a loopback port of its own */
export const createGate = async (url: string): Promise<Gate> => {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let isOpen = false;

  const remember = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };

  const pass = (client: Socket): void => {
    const upstream = remember(connect(Number(target.port), target.hostname));
    client.pipe(upstream).pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  };

  const listen = async (port: number, onConnection: (client: Socket) => void): Promise<number> => {
    const listening = createServer((client) => {
      onConnection(remember(client));
    });
    server = listening;
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return (listening.address() as AddressInfo).port;
  };

  const shut = async (): Promise<void> => {
    isOpen = false;
    for (const socket of sockets) socket.destroy();
    const closing = server;
    server = undefined;
    if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
  };

  const port = await listen(0, () => undefined);
  await shut();

  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String(port);
  return {
    url: own.href,
    open: async () => {
      if (isOpen) return;
      await shut();
      await listen(port, pass);
      isOpen = true;
    },
    stall: async () => {
      await shut();
      await listen(port, () => undefined);
    },
    shut,
  };
};
