/** After all tests: the servers of global-setup stop. */

export default async () => {
  for (const server of globalThis.sessionTestServers) await server.stop();
};
