/** Which Debian packages the clusters are made of, and which of them are missing. */

import { existsSync } from 'node:fs';

const fileOf = {
  'mariadb-server': '/usr/sbin/mariadbd',
  'galera-4': '/usr/lib/galera/libgalera_smm.so',
  rsync: '/usr/bin/rsync',
  lsof: '/usr/bin/lsof',
  haproxy: '/usr/sbin/haproxy',
  pgbouncer: '/usr/sbin/pgbouncer',
} as const;

/** For `describeOn`: how to get what is missing, if anything is. */
export const needs = (...packages: (keyof typeof fileOf)[]): { missing?: string } => {
  const missing = packages.filter((name) => !existsSync(fileOf[name]));
  return missing.length === 0 ? {} : { missing: `install Debian's ${missing.join(' ')}` };
};
