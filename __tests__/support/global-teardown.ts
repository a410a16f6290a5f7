/** After all tests: the servers of global-setup end. */

export default async (): Promise<void> => {
  for (const server of globalThis.sessionTestServers) await server.remove();
};
