import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { type HostileTarget, holdTarget, http, type Outcome, shortMs } from '../support/hostile.ts';

test.describe.configure({ timeout: 90_000 });

/** When a target answers, whatever the answer is. */
interface TimingRow extends Outcome {
  readonly start: (server: Reference) => Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** A request on its way to an honest server. */
interface Passing {
  /** Counts from 0. */
  readonly index: number;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  pass(): void;
}

/** A front end of an honest server that decides when and how its answers arrive. */
const front = (act: (passing: Passing) => unknown) => async (server: Reference) => {
  let seen = 0;
  const outer = createServer({ maxHeaderSize: 1_048_576 }, (incoming, outgoing) => {
    const index = seen;
    seen += 1;
    outgoing.on('error', () => undefined);
    const pass = (): void => {
      const { method, url = '', rawHeaders } = incoming;
      const onward = request(
        server.url,
        { path: url, method, headers: rawHeaders as unknown as [] },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    };
    act({ index, incoming, outgoing, pass });
  });
  await new Promise<void>((resolve) => outer.listen(0, '127.0.0.1', resolve));
  return { url: urlOf(outer.address()), close: () => closed(outer, () => outer.closeAllConnections()) };
};

/** A bare connection instead of a server; called once it is open, before anything is sent. */
const bare = (talk: (socket: Socket) => unknown) => async () => {
  const sockets = new Set<Socket>();
  const outer = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    talk(socket);
  });
  await new Promise<void>((resolve) => outer.listen(0, '127.0.0.1', resolve));
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return { url: urlOf(outer.address()), close: () => closed(outer, end) };
};

const urlOf = (address: unknown): string => `http://127.0.0.1:${(address as AddressInfo).port}`;

function closed(server: { close(done: () => void): unknown }, end: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    end();
  });
}

/** Writes this many bytes per second as long as somebody listens. */
function drip(socket: Socket, text: string, everyMs = 100): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(text.charAt(at % text.length));
    at += 1;
  }, everyMs);
  socket.on('close', () => clearInterval(timer));
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const cannot = /cannot be tested/;
const silent = { timeoutMs: shortMs } as const;

const rows: readonly TimingRow[] = [
  { does: 'answers at once', start: front(({ pass }) => pass()), exit: 0, cause: undefined },
  {
    does: 'answers each request 150 ms late',
    start: front(({ pass }) => setTimeout(pass, 150)),
    exit: 0,
    cause: undefined,
  },
  {
    does: 'answers at a random moment',
    start: front(({ pass }) => setTimeout(pass, Math.random() * 300)),
    exit: 0,
    cause: undefined,
  },
  {
    does: 'answers each request later than anybody waits',
    start: front(({ pass }) => setTimeout(pass, 3 * shortMs)),
    exit: 2,
    cause: cannot,
    ...silent,
  },
  {
    does: 'takes connections and reads nothing',
    start: bare((socket) => socket.pause()),
    exit: 2,
    cause: cannot,
    ...silent,
  },
  {
    does: 'takes connections and answers nothing',
    start: bare((socket) => socket.resume()),
    exit: 2,
    cause: cannot,
    ...silent,
  },
  {
    does: 'is silent after the first request',
    start: front(({ index, pass }) => index < 1 && pass()),
    exit: 2,
    cause: /./,
    timeoutMs: 1000,
  },
  {
    does: 'is silent after the second request',
    start: front(({ index, pass }) => index < 2 && pass()),
    exit: 2,
    cause: /./,
    timeoutMs: 1000,
  },
  {
    does: 'is silent after ten requests',
    start: front(({ index, pass }) => index < 10 && pass()),
    exit: 2,
    cause: /./,
    timeoutMs: 1000,
  },
  {
    does: 'is silent to whoever has a key',
    start: front(({ incoming, pass }) => incoming.headers.authorization === undefined && pass()),
    exit: 2,
    cause: /once a request carries MUFI_WRITE_KEY/,
    timeoutMs: 1000,
  },
  {
    does: 'drips a header section',
    start: bare((socket) => drip(socket, `${head}X-More: x\r\n`)),
    exit: 2,
    cause: cannot,
    timeoutMs: 1000,
  },
  {
    does: 'drips a body',
    start: bare((socket) => {
      socket.write(`${head}Content-Length: 99\r\n\r\n`);
      drip(socket, ' ');
    }),
    exit: 2,
    cause: cannot,
    timeoutMs: 1000,
  },
  {
    does: 'drips chunks',
    start: bare((socket) => {
      socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
      drip(socket, '1\r\n \r\n', 20);
    }),
    exit: 2,
    cause: cannot,
    timeoutMs: 1000,
  },
  {
    does: 'drips 103',
    start: bare((socket) => drip(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n', 5)),
    exit: 2,
    cause: cannot,
    timeoutMs: 1000,
  },
  {
    does: 'closes after the header section',
    start: bare((socket) => socket.once('data', () => socket.end(`${head}Content-Length: 99\r\n\r\n`))),
    exit: 2,
    cause: cannot,
  },
  {
    does: 'stops after the header section',
    start: bare((socket) => socket.once('data', () => socket.write(`${head}Content-Length: 99\r\n\r\n`))),
    exit: 2,
    cause: cannot,
    ...silent,
  },
  {
    does: 'resets in the middle of a body',
    start: bare((socket) =>
      socket.once('data', () =>
        socket.write(`${head}Content-Length: 99\r\n\r\n{`, () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        ),
      ),
    ),
    exit: 2,
    cause: cannot,
  },
  {
    does: 'answers before it was asked',
    start: bare((socket) => socket.write(http('200 OK'))),
    exit: 2,
    cause: /./,
  },
  {
    does: 'answers before the request is complete',
    start: bare((socket) =>
      socket.once('readable', () => {
        socket.read(1);
        socket.write(http('401 Unauthorized', '{}', 'WWW-Authenticate: Bearer'));
      }),
    ),
    exit: 2,
    cause: /./,
    timeoutMs: 1000,
  },
  {
    does: 'closes its side at once and reads on',
    start: bare((socket) => {
      socket.end();
      socket.resume();
    }),
    exit: 2,
    cause: cannot,
  },
  {
    does: 'resets every tenth request',
    start: front(({ index, outgoing, pass }) =>
      index % 10 === 5 ? outgoing.socket?.resetAndDestroy() : pass(),
    ),
    exit: 0,
    cause: undefined,
  },
  {
    does: 'closes each connection after its answer',
    start: front(({ outgoing, pass }) => {
      outgoing.shouldKeepAlive = false;
      pass();
    }),
    exit: 0,
    cause: undefined,
  },
  {
    does: 'pauses once for a second',
    start: front(async ({ index, pass }) => {
      if (index === 7) await sleep(1000);
      pass();
    }),
    exit: 0,
    cause: undefined,
  },
];

async function startTarget({ start }: TimingRow): Promise<HostileTarget> {
  const server = await startReference();
  const outer = await start(server);
  return {
    environment: {
      MUFI_BASE_URL: outer.url,
      MUFI_WRITE_KEY: server.keys.write,
      MUFI_READ_KEY: server.keys.read,
    },
    close: async () => {
      await outer.close();
      await server.close();
    },
  };
}

for (const row of rows) {
  test(`a target that ${row.does} comes to exit ${row.exit}, in time and without a key`, async () => {
    await holdTarget(row, () => startTarget(row));
  });
}

test('every hostile moment has its own row', () => {
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(20);
});
