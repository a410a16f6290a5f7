/** A proxy in front of a database server that cuts a connection at a chosen statement: before it is sent, or before its answer. */

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttingProxy {
  /** The database's address with the proxy's port in place of its own. */
  url: string;
  /**
   * Cuts the connection that sends the next statement with this text.
   *
   * @param isCarriedOut whether the database gets the statement, and only its answer is lost
   * @returns when the connection is cut
   */
  cutNext(this: void, text: string, isCarriedOut: boolean): Promise<void>;
  close(this: void): Promise<void>;
}

/** @param url of a database server */
export const createCuttingProxy = async (url: string): Promise<CuttingProxy> => {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let next: { text: string; isCarriedOut: boolean; cut: () => void } | undefined;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isLost = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
    }
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    const end = (cut: () => void): void => {
      client.resetAndDestroy();
      cut();
    };
    client.on('data', (chunk) => {
      const cutting = next !== undefined && chunk.includes(next.text) ? next : undefined;
      if (cutting === undefined) {
        upstream.write(chunk);
        return;
      }
      next = undefined;
      isLost = true;
      if (!cutting.isCarriedOut) {
        end(cutting.cut);
        return;
      }
      upstream.write(chunk);
      upstream.once('data', () => {
        end(cutting.cut);
      });
    });
    upstream.on('data', (chunk) => {
      if (!isLost) client.write(chunk);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String((server.address() as AddressInfo).port);

  return {
    url: own.href,
    cutNext: (text, isCarriedOut) =>
      new Promise((cut) => {
        next = { text, isCarriedOut, cut };
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
