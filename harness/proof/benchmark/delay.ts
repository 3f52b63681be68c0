import { createServer, connect as open, type Socket } from 'node:net';

/** A target that is further away. */
export interface Delayed {
  readonly url: string;
  /** When somebody connected first, by `performance.now()`. */
  readonly firstMs: number | undefined;
  close(): void;
}

/** Passes everything on to a target so many milliseconds later, each way, as a network does. */
export async function startDelay(target: string, oneWayMs: number): Promise<Delayed> {
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
  if (address === null || typeof address === 'string') throw new Error('the loopback interface has no port');
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
