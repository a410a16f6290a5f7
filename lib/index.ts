/** What users import; nothing else. */

export { createKnexStore, createKnexStore as default } from './store';
export { createSessionTable, dropSessionTable } from './schema';
export { SessionStoreError } from './errors';
export type { SessionStoreErrorCode, SessionStoreOperation } from './errors';
export type { Codec } from './codec';
export type { CreateKnexStoreOptions, SessionTableOptions, StoreOptions } from './options';
export type { Ttl } from './ttl';
export type { CallContext, CreateKnexStore, SessionStore } from './types';
