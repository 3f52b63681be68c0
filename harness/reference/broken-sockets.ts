import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { Listening } from './listen.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const MEBIBYTE = 'x'.repeat(1_048_576);

/** What a server does with a connection once bytes of a request have come in. */
export const brokenSockets = {
  /** Never answers. */
  hang: () => {},
  /** Ends the connection without a word. */
  reset: (socket) => socket.resetAndDestroy(),
  /** Promises more than it sends. */
  half: (socket) => socket.end(`${HEAD}Content-Length: 1000\r\n\r\n{"half":`),
  /** Answers 64 MiB. */
  huge: (socket) => sendHuge(socket),
  /** Speaks something that is not HTTP. */
  garbage: (socket) => socket.end('\u0000\u0001\u0002 hello\r\n\r\n'),
} as const satisfies Record<string, (socket: Socket) => unknown>;

/** Starts a server that is broken below HTTP. Closing ends every connection at once. */
export async function startBrokenSocket(kind: keyof typeof brokenSockets): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', () => brokenSockets[kind](socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function sendHuge(socket: Socket): void {
  let left = 64;
  socket.write(`${HEAD}Content-Length: ${left * MEBIBYTE.length}\r\nConnection: close\r\n\r\n`);
  const more = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(MEBIBYTE)) return;
    }
    if (left === 0) socket.end();
  };
  socket.on('drain', more);
  more();
}
