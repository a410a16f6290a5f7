/**
 * Which sessions a caller has loaded, and as what: what it saves later is a change of that session, not a
 * new one. A caller is known by the object that it got from `get` and hands to `set`, or by the `ctx` that it
 * passes to both.
 */

import { isObject } from '../is-object';
import type { Content } from './serializer';
import type { Write } from '../batch/changes';

/** What a row holds. */
interface Known {
  readonly text: string;
  readonly expires: number | undefined;
  /** Its data, where that would be stored in another way today. */
  readonly stale?: string | undefined;
}

/** A session that somebody has loaded. */
export interface Loaded {
  readonly key: string;
  /** The session's text and its expiry in the row, as it was loaded or last saved; undefined, as a whole or in part, while nobody knows. */
  known: Known | undefined;
  /** How often it has been written since: of several writes under way, only the last one says what the row holds. */
  writes: number;
}

/**
 * What is left to write of a loaded session.
 *
 * @param known what its row holds, as far as anybody knows
 * @param text of the session as it is now
 * @param content what the row would hold of it
 */
export const changesOf = (
  known: Loaded['known'],
  key: string,
  text: string,
  expires: number,
  content: () => Content,
): Write[] => {
  if (known?.text !== text) return [{ kind: 'update', ...content(), expires }];
  // An unchanged one that would be stored in another way today is, unless somebody else has changed it meanwhile.
  const renewal: Write[] =
    known.stale === undefined ? [] : [{ kind: 'move', to: key, before: known.stale, ...content() }];
  return known.expires === expires ? renewal : [...renewal, { kind: 'touch', expires }];
};

export interface LoadedSessions {
  /** @param context `{ ctx }`, as koa-session passes it, or anything else */
  remember(this: void, session: object, context: unknown, loaded: Loaded): void;
  /** @param session undefined if the caller has none at hand */
  recall(this: void, session: object | undefined, context: unknown, key: string): Loaded | undefined;
  /** The caller has ended the session, whose object it may have at hand: what it saves under this key is a new one. */
  forget(this: void, context: unknown, key: string, session?: object): void;
}

export const createLoadedSessions = (): LoadedSessions => {
  const bySession = new WeakMap<object, Loaded>();
  const byContext = new WeakMap<object, Map<string, Loaded>>();

  return {
    remember: (session, context, loaded) => {
      bySession.set(session, loaded);
      const ctx = contextOf(context);
      if (ctx === undefined) return;
      const known = byContext.get(ctx) ?? new Map<string, Loaded>();
      byContext.set(ctx, known.set(loaded.key, loaded));
    },

    recall: (session, context, key) => {
      const loaded = session && bySession.get(session);
      if (loaded?.key === key) return loaded;
      const ctx = contextOf(context);
      return ctx && byContext.get(ctx)?.get(key);
    },

    forget: (context, key, session) => {
      if (session !== undefined) bySession.delete(session);
      const ctx = contextOf(context);
      if (ctx !== undefined) byContext.get(ctx)?.delete(key);
    },
  };
};

/** The `ctx` of koa-session, which passes `{ ctx, ... }` as the last argument of every call. */
const contextOf = (context: unknown): object | undefined => {
  const ctx = (context as { ctx?: unknown } | null | undefined)?.ctx;
  return isObject(ctx) ? ctx : undefined;
};
