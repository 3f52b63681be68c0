import { constants } from 'node:http2';
import { expect, test } from '@playwright/test';
import {
  createProber,
  type ProbeLabel,
  type Prober,
  type ProberOptions,
} from '../../../../harness/engine/probe/prober.ts';
import type { WireRequest } from '../../../../harness/model/index.ts';
import { type Http2Fields, type OnStream, startHttp2 } from '../../support/http2-server.ts';

const label: ProbeLabel = {
  operation: 'GET /v1/version',
  variant: 'valid',
  credential: { description: 'write key', variable: 'MUFI_WRITE_KEY' },
  presented: ['canary-a.canary-b.canary-c'],
};
const ended = 'the HTTP/2 stream ends before the answer is complete';

interface Use {
  readonly prober: Prober;
  readonly wire: WireRequest;
  readonly connections: () => number;
}

async function withServer(
  onStream: OnStream,
  use: (given: Use) => Promise<void>,
  options: Partial<ProberOptions> = {},
): Promise<void> {
  const { url, caFile, connections, close } = await startHttp2(onStream);
  const prober = createProber({
    ...{ userAgent: 'conformance/1.0', timeoutMs: 20_000, concurrency: 8, maxRequestsPerSecond: undefined },
    ...{ caFile, baseUrl: url, within: [url] },
    ...options,
  });
  const wire: WireRequest = {
    method: 'POST',
    url: `${url}/v1/x?a=1`,
    headers: [['Authorization', 'Bearer canary-a.canary-b.canary-c']],
    body: '{"a":1}',
    version: 'HTTP/2',
  };
  try {
    await use({ prober, wire, connections });
  } finally {
    prober.dispose();
    await close();
  }
}

test('a request over HTTP/2 has the fields of HTTP/2 and nothing of HTTP/1.1', async () => {
  const seen: Http2Fields[] = [];
  const bodies: string[] = [];
  await withServer(
    (stream, fields) => {
      seen.push(fields);
      stream.on('data', (bytes) => bodies.push(String(bytes)));
      stream.respond({ ':status': 201, 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
      stream.end('{"ok":true}');
    },
    async ({ prober, wire }) => {
      const { id, response, failure } = await prober.send(wire, label);
      expect(failure).toBeUndefined();
      expect(response).toMatchObject({ status: 201, body: '{"ok":true}', bodyBytes: 11 });
      expect(response?.headers).toEqual(
        expect.arrayContaining([
          ['content-type', 'application/json'],
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ]),
      );
      await prober.send({ ...wire, headers: [['Host', 'localhost']] }, label);
      const { host } = new URL(wire.url);
      expect({ ...seen[0] }).toMatchObject({
        ...{ ':method': 'POST', ':scheme': 'https', ':authority': host, ':path': '/v1/x?a=1' },
        ...{ authorization: 'Bearer canary-a.canary-b.canary-c', 'content-length': '7' },
        ...{ 'user-agent': 'conformance/1.0', 'x-request-id': id },
      });
      expect(Object.keys(seen[0] ?? {})).not.toContain('host');
      expect(seen[1]?.[':authority']).toBe('localhost');
      expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
    },
  );
});

test('an anonymous run names itself over HTTP/2 neither', async () => {
  const seen: Http2Fields[] = [];
  await withServer(
    (stream, fields) => {
      seen.push(fields);
      stream.respond({ ':status': 204 }, { endStream: true });
    },
    async ({ prober, wire }) => {
      await prober.send(wire, label);
      expect(seen.map((fields) => [fields['user-agent'], fields['x-request-id']])).toEqual([
        ['curl/8.5.0', undefined],
      ]);
    },
    { userAgent: 'curl/8.5.0', unnamed: true },
  );
});

test('a stream that is refused is sent again once, and then there is no answer', async () => {
  await withServer(
    (stream, _fields, number) => {
      if (number === 1) return stream.close(constants.NGHTTP2_REFUSED_STREAM);
      stream.respond({ ':status': 204 }, { endStream: true });
    },
    async ({ prober, wire }) => {
      expect((await prober.send(wire, label)).response?.status).toBe(204);
      expect(prober.requests).toBe(2);
    },
  );
  await withServer(
    (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
    async ({ prober, wire }) => {
      const { failure, response } = await prober.send(wire, label);
      expect([response, failure]).toMatchObject([undefined, { kind: 'broken', message: ended }]);
      expect(prober.requests).toBe(2);
    },
  );
});

for (const [what, code] of [
  ['a stream that is reset', constants.NGHTTP2_INTERNAL_ERROR],
  ['a server that wants HTTP/1.1', constants.NGHTTP2_HTTP_1_1_REQUIRED],
] as const) {
  test(`${what} gives no answer, and its request is not sent again`, async () => {
    await withServer(
      (stream) => stream.close(code),
      async ({ prober, wire }) => {
        expect((await prober.send(wire, label)).failure).toMatchObject({ kind: 'broken', message: ended });
        expect(prober.requests).toBe(1);
      },
    );
  });
}

test('an answer that ends in its middle, and one that never comes, are no answers', async () => {
  await withServer(
    (stream) => {
      stream.respond({ ':status': 200, 'content-length': '100' });
      stream.write('half', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
    },
    async ({ prober, wire }) => {
      expect((await prober.send(wire, label)).failure).toMatchObject({ kind: 'broken', message: ended });
    },
  );
  await withServer(
    () => undefined,
    async ({ prober, wire }) => {
      expect((await prober.send(wire, label)).failure).toMatchObject({
        kind: 'timeout',
        message: 'no complete answer within 300 ms',
      });
    },
    { timeoutMs: 300 },
  );
});

test('streams share a connection until GOAWAY; what is sent after it has no answer', async () => {
  await withServer(
    (stream, _fields, number) => {
      stream.respond({ ':status': 200 });
      stream.end(String(number));
      if (number === 3) stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
    },
    async ({ prober, wire, connections }) => {
      const connection = await prober.connectHttp2(wire.url);
      const both = await Promise.all([1, 2].map(() => prober.send(wire, label, connection)));
      expect(both.map(({ response }) => response?.body).sort()).toEqual(['1', '2']);
      expect((await prober.send(wire, label, connection)).response?.body).toBe('3');
      await expect.poll(() => connection.open).toBe(false);
      expect((await prober.send(wire, label, connection)).failure).toMatchObject({
        kind: 'broken',
        message: ended,
      });
      expect(connections()).toBe(1);
      connection.close();
    },
  );
});

test('429 slows the run down over HTTP/2 as well, and the request is sent again', async () => {
  await withServer(
    (stream, _fields, number) => {
      const limit = { ':status': 429, 'retry-after': '0' };
      stream.respond(number === 1 ? limit : { ':status': 200 }, { endStream: true });
    },
    async ({ prober, wire }) => {
      expect((await prober.send(wire, label)).response?.status).toBe(200);
      expect(prober.requests).toBe(2);
    },
  );
});

test('nothing is sent over HTTP/2 to a URL outside of the target', async () => {
  await withServer(
    (stream) => stream.respond({ ':status': 200 }, { endStream: true }),
    async ({ prober, wire, connections }) => {
      await expect(prober.send({ ...wire, url: 'https://127.0.0.1:1/x' }, label)).rejects.toThrow('outside');
      await expect(prober.connectHttp2('https://127.0.0.1:1')).rejects.toThrow('outside');
      expect([prober.requests, connections()]).toEqual([0, 0]);
    },
  );
});
