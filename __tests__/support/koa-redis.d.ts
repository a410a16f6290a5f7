/** koa-redis has no types of its own; of these parts the tests make use. */

declare module 'koa-redis' {
  interface RedisClient {
    pttl(key: string): Promise<number>;
    keys(pattern: string): Promise<string[]>;
    set(key: string, value: string): Promise<unknown>;
    lpush(key: string, value: string): Promise<unknown>;
    flushall(): Promise<unknown>;
  }
  interface RedisStore {
    readonly client: RedisClient;
    set(sid: string, session: object, ttl?: number): Promise<void>;
    destroy(sid: string): Promise<void>;
    quit(): Promise<void>;
  }
  const koaRedis: (options: { url: string; keyPrefix?: string }) => RedisStore;
  export = koaRedis;
}
