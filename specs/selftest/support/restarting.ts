import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A connection to a target that fails for a while again and again: connections are reset, and new ones refused. */
export interface Restarting {
  readonly url: string;
  readonly restarts: () => number;
  close(): Promise<void>;
}

/** Starts one, for a target without TLS. `resets`: a front end remains that accepts connections and resets them. */
export async function startRestarting(
  target: string,
  {
    everyMs,
    downMs,
    resets = false,
  }: { readonly everyMs: number; readonly downMs: number; readonly resets?: boolean },
): Promise<Restarting> {
  const { hostname, port: behind } = new URL(target);
  const sockets = new Set<Socket>();
  let restarts = 0;
  let isDown = false;
  let server: Server;
  let timer: NodeJS.Timeout;
  const listen = (port: number): Promise<void> => {
    server = createServer((socket) => {
      if (isDown) {
        socket.on('error', () => undefined).resetAndDestroy();
        return;
      }
      sockets.add(socket);
      const onward = connect(Number(behind), hostname);
      for (const [from, to] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        from.pipe(to);
        from.on('error', () => to.destroy());
      }
      socket.on('close', () => {
        sockets.delete(socket);
        onward.destroy();
      });
    });
    return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  };
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.resetAndDestroy();
    });
  await listen(0);
  const { port } = server!.address() as AddressInfo;
  let isClosed = false;
  const restart = async (): Promise<void> => {
    restarts += 1;
    isDown = true;
    if (resets) for (const socket of sockets) socket.resetAndDestroy();
    else await stop();
    timer = setTimeout(async () => {
      if (isClosed) return;
      isDown = false;
      if (!resets) await listen(port);
      timer = setTimeout(restart, everyMs);
    }, downMs);
  };
  timer = setTimeout(restart, everyMs);
  return {
    url: `http://127.0.0.1:${port}`,
    restarts: () => restarts,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await stop();
    },
  };
}
