import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { RunningServer } from './listen.ts';

/** Changes the bytes of one message head (Latin-1). A result that begins with `HTTP/` goes back as the answer. */
export type Front = (head: string) => string;

const HEAD = /^[A-Za-z]+ \S+ HTTP\/1\.1\r\n/;

/** Puts front ends in front of a server, like a proxy. `close` closes every connection at once. */
export async function withFront(behind: RunningServer, fronts: readonly Front[]): Promise<RunningServer> {
  if (fronts.length === 0) return behind;
  const { hostname, port } = new URL(behind.url);
  const sockets = new Set<Socket>();
  const server = createServer((outside) => {
    const inside = connect(Number(port), hostname);
    for (const socket of [outside, inside]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        outside.destroy();
        inside.destroy();
      });
    }
    outside.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      const changed = HEAD.test(text) ? fronts.reduce((head, front) => front(head), text) : text;
      if (changed.startsWith('HTTP/')) outside.end(changed);
      else inside.write(changed, 'latin1');
    });
    inside.pipe(outside);
  });
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  return {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await Promise.all([closed, behind.close()]);
    },
  };
}
