import type PQueue from 'p-queue';
import type { Connection } from './http2-connection.ts';

/** The queue of requests. A connection is opened in a turn that lasts until its first request is over. */
export interface Turns {
  /** Runs in a new turn, or in the turn in which the connection was opened. */
  send<T>(work: () => Promise<T>, priority: number, connection?: Connection): Promise<T>;
  connect<C extends Connection>(open: () => Promise<C>, priority: number): Promise<C>;
}

/**
 * A server with few threads assigns one to each open connection until the connection sends something. If a connection
 * waited for other requests before its first one, they could block each other.
 */
export function turnsOf(queue: PQueue): Turns {
  const leaving = new WeakMap<Connection, () => void>();
  /** A connection derived from another one (`changedConnection`) uses its turn. */
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
