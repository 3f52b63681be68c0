import { createServer, connect as open, type Socket } from 'node:net';

/** A target behind a slow network. */
export interface DelayedTarget {
  readonly url: string;
  /** When the first client connected, by `performance.now()`. */
  readonly firstMs: number | undefined;
  close(): void;
}

/** Forwards everything to a target with this delay in milliseconds in each direction, like a network. */
export async function startDelay(target: string, oneWayMs: number): Promise<DelayedTarget> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let firstMs: number | undefined;
  const pipe = (from: Socket, to: Socket): void => {
    const later = (act: () => void): NodeJS.Timeout => setTimeout(act, oneWayMs);
    sockets.add(from);
    from.on('data', (bytes) => later(() => to.writable && to.write(bytes)));
    from.on('end', () => later(() => to.end()));
    from.on('error', () => later(() => to.destroy()));
    from.on('close', () => {
      sockets.delete(from);
      later(() => to.destroy());
    });
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    firstMs ??= performance.now();
    const far = open({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
    pipe(near, far);
    pipe(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('there is no port on the loopback interface');
  return {
    url: `http://127.0.0.1:${address.port}`,
    get firstMs() {
      return firstMs;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
