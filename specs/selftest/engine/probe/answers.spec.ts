import { expect, test } from '@playwright/test';
import { createProber, type Prober } from '../../../../harness/engine/probe/prober.ts';
import { openRawConnection } from '../../../../harness/engine/probe/raw-connection.ts';
import { rawBytes } from '../../../../harness/engine/probe/raw-send.ts';
import { startSockets } from '../../support/server.ts';

const label = { variant: 'valid', credential: { description: 'write key' }, presented: [] } as const;
const options = { userAgent: 'me/1', timeoutMs: 5000, concurrency: 1, maxRequestsPerSecond: undefined };
const status = 'HTTP/1.1 200 OK\r\n';
const empty = `${status}Content-Length: 0\r\n\r\n`;
const clients = [
  ['the HTTP client', {}],
  ['a raw socket', { lines: ['X-Raw: 1'] }],
] as const;

async function using<T>(
  talk: Parameters<typeof startSockets>[0],
  work: (probe: Prober, url: string, requests: () => number) => Promise<T>,
): Promise<T> {
  const server = await startSockets(talk);
  const probe = createProber(options);
  try {
    return await work(probe, `${server.url}/v1/x`, server.requests);
  } finally {
    probe.dispose();
    await server.close();
  }
}

const rows: readonly (readonly [
  what: string,
  method: string,
  answer: string,
  status: number,
  body: string,
])[] = [
  ['with a length', 'GET', `${status}Content-Length: 2\r\n\r\nok`, 200, 'ok'],
  ['without a reason phrase', 'GET', 'HTTP/1.1 401\r\nContent-Length: 2\r\n\r\nno', 401, 'no'],
  ['that ends with the connection', 'GET', `${status}\r\nok`, 200, 'ok'],
  ['with status 204', 'GET', 'HTTP/1.1 204 No Content\r\n\r\n', 204, ''],
  ['with status 304 and a length', 'GET', 'HTTP/1.1 304 -\r\nContent-Length: 9\r\n\r\n', 304, ''],
  ['to HEAD with a length', 'HEAD', `${status}Content-Length: 9\r\n\r\n`, 200, ''],
  ['to HEAD in chunks', 'HEAD', `${status}Transfer-Encoding: chunked\r\n\r\n`, 200, ''],
  [
    'in chunks with extensions and trailer fields',
    'GET',
    `${status}Transfer-Encoding: chunked\r\n\r\n2;x=1\r\nok\r\nA\r\n0123456789\r\n0\r\nServer-Timing: a\r\nX: b\r\n\r\n`,
    200,
    'ok0123456789',
  ],
  [
    'behind interim ones',
    'GET',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno`,
    401,
    'no',
  ],
  ['of 101, which is final', 'GET', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 101, ''],
  [
    'of 101 with the fields of an upgrade',
    'GET',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nnot HTTP any more',
    101,
    '',
  ],
  ['with another one behind it', 'GET', `${status}Content-Length: 2\r\n\r\nok${empty}`, 200, 'ok'],
  ['with garbage behind it', 'GET', `${status}Content-Length: 2\r\n\r\nok no HTTP at all`, 200, 'ok'],
  [
    'with garbage behind its last words',
    'GET',
    `${status}Connection: close\r\nContent-Length: 2\r\n\r\nok!`,
    200,
    'ok',
  ],
];

for (const [how, raw] of clients) {
  for (const [what, method, answer, code, body] of rows) {
    test(`an answer ${what} is read through ${how}, whole and byte by byte`, async () => {
      const ends = what === 'that ends with the connection';
      for (const parts of [[answer], [...answer]]) {
        await using(
          async (socket) => {
            for (const part of parts) {
              if (parts.length > 1) await new Promise((resolve) => setImmediate(resolve));
              socket.write(part, 'latin1');
            }
            if (ends) socket.end();
          },
          async (probe, url) => {
            const { response, failure } = await probe.send({ method, url, headers: [], ...raw }, label);
            expect([failure, response?.status, response?.body]).toEqual([undefined, code, body]);
            expect(response?.bodyBytes).toBe(body.length);
          },
        );
      }
    });
  }

  test(`a folded field of an answer is read through ${how} as one`, async () => {
    const answer = `${status}WWW-Authenticate: Bearer\r\n  realm="a"\r\nContent-Length: 0\r\n\r\n`;
    await using(
      (socket) => socket.write(answer),
      async (probe, url) => {
        const { response } = await probe.send({ method: 'GET', url, headers: [], ...raw }, label);
        const [, value] = response?.headers[0] ?? [];
        expect(value?.replace(/ +/g, ' ')).toBe('Bearer realm="a"');
      },
    );
  });

  test(`a header section of 900 KiB and three thousand fields is read through ${how}`, async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `X-${index}: ${'x'.repeat(290)}\r\n`);
    await using(
      (socket) => socket.write(`${status}${lines.join('')}Content-Length: 0\r\n\r\n`),
      async (probe, url) => {
        const { response, failure } = await probe.send({ method: 'GET', url, headers: [], ...raw }, label);
        expect([failure, response?.status, response?.headers.length]).toEqual([undefined, 200, 3001]);
      },
    );
  });

  test(`a header section without end is told by its size through ${how}`, async () => {
    const line = `X-Long: ${'x'.repeat(8000)}\r\n`;
    await using(
      (socket) => socket.write(status + line.repeat(140)),
      async (probe, url, requests) => {
        const { response, failure } = await probe.send({ method: 'GET', url, headers: [], ...raw }, label);
        const message = 'the header section of the answer is longer than 1 MiB';
        expect([response, failure, requests()]).toMatchObject([undefined, { kind: 'broken', message }, 1]);
      },
    );
  });

  test(`an answer that comes before the whole request was written is an answer through ${how}`, async () => {
    const answer = 'HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno';
    for (const last of ['end', 'reset'] as const) {
      await using(
        (socket) => {
          socket.pause();
          socket.write(answer, () => {
            // The beginning has to be on its way before the end.
            setTimeout(() => (last === 'end' ? socket.destroy() : socket.resetAndDestroy()), 50);
          });
        },
        async (probe, url) => {
          const body = 'x'.repeat(16 * 1024 * 1024);
          const sent = await probe.send({ method: 'POST', url, headers: [], body, ...raw }, label);
          expect([sent.failure, sent.response?.status, sent.response?.body]).toEqual([undefined, 413, 'no']);
        },
      );
    }
  });

  test(`half a status line and the end is a connection that died, through ${how}`, async () => {
    await using(
      (socket) => socket.end('HTTP/1.1 2'),
      async (probe, url, requests) => {
        const { failure } = await probe.send({ method: 'GET', url, headers: [], ...raw }, label);
        const message = 'the connection is closed before the answer is complete';
        expect([failure, requests()]).toMatchObject([{ kind: 'broken', message }, 1]);
      },
    );
  });

  for (const [what, answer] of [
    ['another version', 'HTTP/2 200\r\n\r\n'],
    ['a field without a name', `${status}: x\r\n\r\n`],
    ['a negative length', `${status}Content-Length: -1\r\n\r\n`],
    ['two lengths', `${status}Content-Length: 2\r\nContent-Length: 3\r\n\r\nok`],
  ] as const) {
    test(`${what} is not HTTP, through ${how}`, async () => {
      await using(
        (socket) => socket.write(answer),
        async (probe, url) => {
          const { failure } = await probe.send({ method: 'GET', url, headers: [], ...raw }, label);
          expect(failure).toMatchObject({ kind: 'broken', message: 'the answer is not valid HTTP' });
        },
      );
    });
  }
}

const raw = (url: string) => rawBytes({ method: 'GET', url, headers: [] }, 'id', 'me/1', true);

test('one connection carries one exchange after the other, trailer fields and interim answers between them', async () => {
  const answers = [
    `${status}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nServer-Timing: a\r\n\r\n`,
    `HTTP/1.1 103 Early Hints\r\n\r\n${status}Content-Length: 3\r\n\r\ntwo`,
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.1 401 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno',
  ];
  const sockets = new Set<unknown>();
  const server = await startSockets((socket, index) => {
    sockets.add(socket);
    socket.write(answers[index] ?? '');
  });
  try {
    const connection = await openRawConnection(new URL(server.url), options);
    const got: (string | boolean | number)[] = [];
    for (const _ of answers) {
      const { status: code, body } = await connection.exchange(raw(server.url), 'GET');
      got.push(code, body, connection.open);
    }
    expect(got).toEqual([200, 'ok', true, 200, 'two', true, 204, '', true, 401, 'no', false]);
    expect([sockets.size, server.requests()]).toEqual([1, 4]);
    await expect(connection.exchange(raw(server.url), 'GET')).rejects.toThrow('socket hang up');
  } finally {
    await server.close();
  }
});

for (const [what, later] of [
  ['at once', false],
  ['later', true],
] as const) {
  test(`what comes ${what} behind an answer is never taken for the next one`, async () => {
    const stray = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';
    const server = await startSockets((socket) => {
      socket.write(later ? empty : empty + stray);
      if (later) setTimeout(() => socket.write(stray), 20);
    });
    try {
      const connection = await openRawConnection(new URL(server.url), options);
      expect((await connection.exchange(raw(server.url), 'GET')).status).toBe(200);
      await expect.poll(() => connection.open).toBe(false);
      await expect(connection.exchange(raw(server.url), 'GET')).rejects.toThrow('socket hang up');
    } finally {
      await server.close();
    }
  });
}
