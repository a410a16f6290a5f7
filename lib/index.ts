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
export type { BatchTrace, EventMessage, OperationTrace, SweepTrace } from './observability/channels';
export type { Codec, TextCodec } from './codec';
export type { EntriesOptions, SessionEntry } from './session/entries';
export type { HashIds } from './crypto/row-key';
export type { UserId, UserIdOf } from './crypto/user-key';
export type { Secret } from './crypto/encryption';
export type { BatchStats, StoreStats } from './observability/stats';
export type { CreateKnexStoreOptions, SessionTableOptions, StoreOptions } from './options';
export type { Ttl } from './ttl';
export type { CallContext, CreateKnexStore, SessionStore } from './types';
export type { UserSession } from './session/users';
