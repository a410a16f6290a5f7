/**
 * What users import from `koa-generic-session-knex`, and what they `require`; nothing else.
 *
 * @module koa-generic-session-knex
 */

export { createKnexStore, createKnexStore as default } from './store';
export { createSessionTable, dropSessionTable } from './schema';
export { SessionStoreError } from './errors';
export type { SessionStoreErrorCode, SessionStoreOperation } from './errors';
export { composeCodecs } from './codec';
export type {
  BatchStats,
  BatchTrace,
  CallContext,
  Codec,
  CreateKnexStore,
  CreateKnexStoreOptions,
  EntriesOptions,
  EventMessage,
  HashIds,
  OperationTrace,
  RotateOptions,
  Secret,
  SessionEntry,
  SessionStore,
  SessionTableOptions,
  StoreOptions,
  StoreStats,
  SweepTrace,
  TextCodec,
  Ttl,
  UpdateOptions,
  UserId,
  UserIdOf,
  UserSession,
} from './types';
