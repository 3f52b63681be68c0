import type PQueue from 'p-queue';
import type { Connection } from './connection.ts';

/** Where requests wait for their turn. A connection is opened in a turn that lasts until its first request is over. */
export interface Turns {
  /** Runs in a turn of its own, or in the one that the connection was opened in. */
  send<T>(work: () => Promise<T>, priority: number, connection?: Connection): Promise<T>;
  connect<C extends Connection>(open: () => Promise<C>, priority: number): Promise<C>;
}

/**
 * A server with few threads gives one to each connection that is opened, until it says something. If it would say
 * something only after others were answered, they would wait for each other.
 */
export function turnsOf(queue: PQueue): Turns {
  const leaving = new WeakMap<Connection, () => void>();
  /** A connection that was made of another one (`changedConnection`) has its turn. */
  const openedAs = (connection: Connection | undefined): Connection | undefined =>
    connection === undefined || leaving.has(connection)
      ? connection
      : openedAs((Object.getPrototypeOf(connection) as Connection | null) ?? undefined);
  return {
    send: async (work, priority, connection) => {
      const opened = openedAs(connection);
      const leave = opened && leaving.get(opened);
      if (opened === undefined || leave === undefined) return queue.add(work, { priority });
      leaving.delete(opened);
      return work().finally(leave);
    },
    connect: <C extends Connection>(open: () => Promise<C>, priority: number) =>
      new Promise<C>((resolve, reject) => {
        const turn = async (): Promise<void> => {
          const connection = await open();
          await new Promise<void>((leave) => {
            const close = (): void => {
              leave();
              connection.close();
            };
            const opened = Object.create(connection, { close: { value: close } }) as C;
            leaving.set(opened, leave);
            resolve(opened);
          });
        };
        queue.add(turn, { priority }).catch(reject);
      }),
  };
}
