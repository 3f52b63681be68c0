import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { RunningServer } from './listen.ts';

/** What a server does with a connection when the first bytes of a request arrive. */
export interface BrokenSocket {
  readonly does: string;
  readonly talk: (socket: Socket, request: string) => unknown;
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const MEBIBYTE = 'x'.repeat(1_048_576);
const UNAUTHORIZED = `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nWWW-Authenticate: Bearer\r\n`;

/** Servers that are broken below HTTP. */
export const brokenSockets: Readonly<Record<string, BrokenSocket>> = {
  hang: { does: 'never answers', talk: () => {} },
  'hang-with-key': {
    does: 'answers requests without a key, and never answers requests with one',
    talk: (socket, request) => {
      if (!/^authorization:/im.test(request)) socket.write(`${UNAUTHORIZED}Content-Length: 2\r\n\r\n{}`);
    },
  },
  reset: { does: 'closes the connection without an answer', talk: (socket) => socket.resetAndDestroy() },
  'reset-midway': {
    does: 'closes the connection in the middle of an answer',
    talk: (socket) =>
      socket.write(`${HEAD}Content-Length: 1000\r\n\r\n{"half":`, () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      ),
  },
  half: {
    does: 'announces more bytes than it sends, and closes',
    talk: (socket) => socket.end(`${HEAD}Content-Length: 1000\r\n\r\n{"half":`),
  },
  'length-too-long': {
    does: 'announces more bytes than it sends, and waits',
    talk: (socket) => socket.write(`${HEAD}Content-Length: 1000\r\n\r\n{}`),
  },
  'length-too-short': {
    does: 'sends more bytes than it announces',
    talk: (socket) => socket.write(`${HEAD}Content-Length: 2\r\n\r\n{"more":"than that"}`),
  },
  drip: {
    does: 'sends one byte every 100 ms, without end',
    talk: (socket) => {
      socket.write(`${HEAD}Content-Length: 1000000\r\n\r\n`);
      const timer = setInterval(() => socket.write(' '), 100);
      socket.once('close', () => clearInterval(timer));
    },
  },
  'drip-head': {
    does: 'never ends the header section',
    talk: (socket) => {
      socket.write(HEAD);
      const timer = setInterval(() => socket.write('X-More: x\r\n'), 100);
      socket.once('close', () => clearInterval(timer));
    },
  },
  endless: {
    does: 'sends a body without an end',
    talk: (socket) => pour(socket, 'Connection: close', Number.POSITIVE_INFINITY),
  },
  huge: {
    does: 'sends a body of 50 MiB',
    talk: (socket) => pour(socket, `Content-Length: ${50 * MEBIBYTE.length}\r\nConnection: close`, 50),
  },
  garbage: {
    does: 'speaks something that is not HTTP',
    talk: (socket) => socket.end('\u0000\u0001\u0002 hello\r\n\r\n'),
  },
};

/** Starts a server that is broken below HTTP. `close` closes every connection at once. */
export async function startBrokenSocket(talk: BrokenSocket['talk']): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => talk(socket, bytes.toString('latin1')));
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

/** Sends this many mebibytes as fast as the client reads them. */
function pour(socket: Socket, fields: string, mebibytes: number): void {
  let left = mebibytes;
  socket.write(`${HEAD}${fields}\r\n\r\n`);
  const more = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(MEBIBYTE)) return;
    }
    if (left === 0) socket.end();
  };
  socket.removeAllListeners('drain').on('drain', more);
  more();
}
