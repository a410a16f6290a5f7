/** What the figures depend on: the machine, its system, and the versions of everything that takes part. */

import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openKnex } from './databases.mjs';
import { createKoaRedisStore } from './stores/koa-redis.mjs';
import { temporaryFolder } from './support/folder.mjs';

const readJson = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** The name of the Linux distribution; of other systems, the kernel's name says enough. */
const distribution = () => {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
};

/** Writes wait for the disk: the median time, in ms, until 8 KB are safely on it. */
const syncTime = () => {
  const file = openSync(join(temporaryFolder('disk'), 'file'), 'w');
  const page = Buffer.alloc(8192, 1);
  const times = Array.from({ length: 51 }, () => {
    const start = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return times.sort((a, b) => a - b)[25];
};

export const describeMachine = () => ({
  cpu: cpus()[0].model.trim(),
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  system: distribution() ?? type(),
  kernel: `${type()} ${release()} ${arch()}`,
  diskSyncMs: syncTime(),
});

const processorTimes = () => {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (pick) => times.map(pick).reduce((a, b) => a + b);
  return { idle: sum(({ idle }) => idle), all: sum((time) => Object.values(time).reduce((a, b) => a + b)) };
};

/** @returns which share of the processors others take while this benchmark does nothing: 0 on a quiet machine */
export const othersShare = async () => {
  const before = processorTimes();
  await delay(1000);
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
};

const serverVersions = {
  sqlite: async (knex) => (await knex.raw('SELECT sqlite_version() AS version'))[0].version,
  postgres: async (knex) => (await knex.raw('SHOW server_version')).rows[0].server_version,
  mariadb: async (knex) => (await knex.raw('SELECT version() AS version'))[0][0].version,
};

const askDatabase = async (database, server) => {
  const knex = openKnex({ database, filename: ':memory:', ...server });
  try {
    return await serverVersions[database](knex);
  } finally {
    await knex.destroy();
  }
};

const askRedis = async (server) => {
  const { store, close } = createKoaRedisStore(server);
  const info = await store.client.info('server');
  await close();
  return /^redis_version:(.*?)\r?$/m.exec(info)[1];
};

/** @returns what tells one build of this store from another */
export const buildOf = () =>
  createHash('sha256')
    .update(readFileSync(new URL('../dist/index.mjs', import.meta.url)))
    .digest('hex')
    .slice(0, 12);

/** @param servers how to reach each, by name */
export const describeVersions = async (servers) => {
  const { version } = readJson('../package.json');
  const packages = Object.keys(readJson('package.json').dependencies).map((name) => [
    name,
    readJson(`node_modules/${name}/package.json`).version,
  ]);
  const asked = [];
  for (const [name, server] of Object.entries(servers)) {
    asked.push([name, await (name === 'redis' ? askRedis(server) : askDatabase(name, server))]);
  }
  return {
    node: process.version,
    build: buildOf(),
    servers: Object.fromEntries(asked),
    packages: { 'koa-generic-session-knex': version, ...Object.fromEntries(packages) },
  };
};
