/** How many statements of one kind are under way, and whether there is room for another. Knows no SQL. */

export interface Lanes<T> {
  /** Whether another statement may be sent. */
  hasRoom(this: void): boolean;
  /** A statement takes a lane, until this promise, which does not reject, has resolved. */
  take(this: void, statement: T, ended: Promise<void>): Promise<void>;
  /** Gives the lanes of these statements to others, though they are still under way. */
  giveUp(this: void, isOver: (statement: T) => boolean): void;
}

/**
 * As many statements as there are lanes may be given up: more that have no end say that none will have one, and each
 * holds a connection.
 *
 * @param count the most statements under way that are not given up
 */
export const createLanes = <T>(count: number): Lanes<T> => {
  const taken = new Set<T>();
  const givenUp = new Set<T>();

  return {
    hasRoom: () => taken.size < count && taken.size + givenUp.size < 2 * count,

    take: async (statement, ended) => {
      taken.add(statement);
      await ended;
      taken.delete(statement);
      givenUp.delete(statement);
    },

    giveUp: (isOver) => {
      for (const statement of taken) {
        if (!isOver(statement)) continue;
        taken.delete(statement);
        givenUp.add(statement);
      }
    },
  };
};
