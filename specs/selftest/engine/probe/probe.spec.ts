import { expect, test } from '@playwright/test';
import {
  createProber,
  type ProbeLabel,
  type Prober,
  type ProberOptions,
} from '../../../../harness/engine/probe/prober.ts';
import type { Exchange, WireRequest } from '../../../../harness/model/index.ts';
import { startDegenerate } from '../../../../harness/reference/degenerates.ts';
import { tellClock } from '../../support/clock.ts';
import { type Answer, closedUrl, json, startServer, startSockets } from '../../support/server.ts';

const canary = 'Bearer canary-a.canary-b.canary-c';
const label: ProbeLabel = {
  operation: 'GET /v1/version',
  variant: 'valid',
  credential: { description: 'write key', variable: 'MUFI_WRITE_KEY' },
  presented: ['canary-a.canary-b.canary-c'],
};
const ok: Answer = (_seen, response) => json(response, 200, {});

let closing: (() => Promise<unknown>)[] = [];
test.afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

function kept<T extends { close(): Promise<unknown> }>(server: T): T {
  closing.push(() => server.close());
  return server;
}

async function prober(options: Partial<ProberOptions> = {}): Promise<Prober> {
  const made = createProber({
    userAgent: 'conformance/1.0',
    timeoutMs: 20_000,
    concurrency: 8,
    maxRequestsPerSecond: undefined,
    ...options,
  });
  closing.push(async () => made.dispose());
  return made;
}

const wire = (url: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'GET',
  url: `${url}/v1/version`,
  headers: [['Authorization', canary]],
  ...more,
});

test('a request is sent as it is, under a name and an id of its own', async () => {
  const server = kept(await startServer(ok));
  const probe = await prober();
  const body = '{"name":"Zoë \u2603"}';
  const request = wire(server.url, {
    method: 'PUT',
    url: `${server.url}/v1/a%2fb/../c?x=1&x=%20`,
    headers: [
      ['Authorization', canary],
      ['X-Empty', ''],
      ['Content-Type', 'application/json'],
    ],
    body,
  });
  const exchange = await probe.send(request, label);
  const [seen] = server.seen;
  expect([seen!.method, seen!.body]).toEqual(['PUT', body]);
  expect(seen!.headers).toMatchObject({
    authorization: canary,
    'x-empty': '',
    'content-type': 'application/json',
    'user-agent': 'conformance/1.0',
    'x-request-id': exchange.id,
  });
  const { id, startedMs, endedMs, response, ...rest } = exchange;
  expect(rest).toEqual({ ...label, request });
  expect(id).toMatch(/^mac-[0-9a-f]{8}-1$/);
  expect(startedMs).toBeLessThanOrEqual(endedMs);
  expect(response).toMatchObject({ status: 200, body: '{}', bodyBytes: 2 });
  expect(probe.requests).toBe(1);
});

test('no two requests have the same id', async () => {
  const server = kept(await startServer(ok));
  const probe = await prober();
  const sent = await Promise.all(Array.from({ length: 40 }, () => probe.send(wire(server.url), label)));
  const ids = sent.map(({ id }) => id);
  expect(new Set(ids).size).toBe(40);
  expect(server.seen.map(({ headers }) => headers['x-request-id']).sort()).toEqual([...ids].sort());
});

test('the answer is kept with every header line', async () => {
  const server = kept(
    await startServer((_seen, response) => {
      response.setHeader('WWW-Authenticate', ['Bearer realm="a"', 'Basic realm="b"']);
      response.writeHead(401).end('no');
    }),
  );
  const { response } = await (await prober()).send(wire(server.url), label);
  expect(response!.headers.filter(([name]) => /^www/i.test(name)).map(([, value]) => value)).toEqual([
    'Bearer realm="a"',
    'Basic realm="b"',
  ]);
  expect([response!.status, response!.body]).toEqual([401, 'no']);
});

test('a body beyond a mebibyte is cut and its length is kept', async () => {
  const size = 1024 * 1024;
  const server = kept(
    await startServer((_seen, response, index) => response.end('x'.repeat(size + (index === 0 ? 0 : 1)))),
  );
  const probe = await prober();
  const whole = await probe.send(wire(server.url), label);
  const cut = await probe.send(wire(server.url), label);
  const shown = ({ response }: Exchange) => [response!.body.length, response!.bodyBytes, response!.bodyCut];
  expect(shown(whole)).toEqual([size, size, undefined]);
  expect(shown(cut)).toEqual([size, size + 1, true]);
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`a redirect with ${status} is an answer and is not followed`, async () => {
    const elsewhere = kept(await startServer(ok));
    const location = `${elsewhere.url}/login`;
    const server = kept(
      await startServer((_seen, response) => response.writeHead(status, { location }).end()),
    );
    const { response } = await (await prober()).send(wire(server.url), label);
    expect([response!.status, server.seen.length, elsewhere.seen.length]).toEqual([status, 1, 0]);
  });
}

test('a cookie is never sent back, however many requests are on their way', async () => {
  const server = kept(
    await startServer((_seen, response, index) => {
      if (index % 3 === 0) response.setHeader('Set-Cookie', `session=${index}; Path=/`);
      json(response, 200, {});
    }),
  );
  const probe = await prober();
  await probe.send(wire(server.url), label);
  await Promise.all(Array.from({ length: 60 }, () => probe.send(wire(server.url), label)));
  await probe.send(wire(server.url, { headers: [['Cookie', 'own=1']] }), label);
  expect(server.seen.map(({ headers }) => headers.cookie)).toEqual([
    ...Array.from({ length: 61 }, () => undefined),
    'own=1',
  ]);
});

test('a rate limit is waited for and the request sent again under the same id', async () => {
  const server = kept(
    await startServer((_seen, response, index) => {
      if (index < 3) response.writeHead(429, { 'retry-after': '0' }).end();
      else json(response, 200, {});
    }),
  );
  const probe = await prober();
  const exchange = await probe.send(wire(server.url, { method: 'POST', body: '{}' }), label);
  expect([exchange.response!.status, exchange.failure, probe.requests]).toEqual([200, undefined, 4]);
  expect(server.seen.map(({ method, body, headers }) => [method, body, headers['x-request-id']])).toEqual(
    Array.from({ length: 4 }, () => ['POST', '{}', exchange.id]),
  );
});

test('a rate limit that does not end is given up', async () => {
  const server = kept(await startDegenerate('always-429'));
  const probe = await prober({ clock: tellClock() });
  const { response, failure } = await probe.send(wire(server.url), label);
  expect(failure).toMatchObject({
    kind: 'rate-limited',
    message: 'the target still answers 429 at 1 request a second, the lowest rate that MUFI_MAX_RPS can set',
  });
  expect([response!.status, probe.exhausted]).toEqual([429, failure?.message]);
});

const closed = 'the connection is closed before the answer is complete';

for (const how of ['reset', 'end'] as const) {
  test(`a connection that ends by ${how} before any byte is tried again, and only once`, async () => {
    const die = (socket: { resetAndDestroy(): unknown; end(): unknown }): unknown =>
      how === 'reset' ? socket.resetAndDestroy() : socket.end();
    const dead = kept(await startSockets(die));
    const probe = await prober();
    const { failure } = await probe.send(wire(dead.url, { method: 'POST', body: '{}' }), label);
    expect(failure).toMatchObject({ kind: 'broken', message: closed });
    expect([dead.requests(), probe.requests]).toEqual([2, 2]);

    const once = kept(
      await startSockets((socket, index) =>
        index === 0 ? die(socket) : socket.end('HTTP/1.1 204 No Content\r\n\r\n'),
      ),
    );
    const again = await probe.send(wire(once.url), label);
    expect([again.response?.status, again.failure, once.requests()]).toEqual([204, undefined, 2]);
  });
}

const head = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":';
test('an answer that stops in the middle is broken and is not sent again', async () => {
  const answers = [head, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'];
  for (const answer of answers) {
    const server = kept(await startSockets((socket) => socket.end(answer)));
    const { failure, response } = await (await prober()).send(wire(server.url), label);
    expect([failure, response, server.requests()]).toMatchObject([
      { kind: 'broken', message: closed },
      undefined,
      1,
    ]);
  }
});

test('an answer that is no HTTP is broken and is not sent again', async () => {
  const server = kept(await startSockets((socket) => socket.end('\u0000 hello\r\n\r\n')));
  const { failure } = await (await prober()).send(wire(server.url), label);
  expect([failure, server.requests()]).toMatchObject([
    { kind: 'broken', message: 'the answer is not valid HTTP' },
    1,
  ]);
});

test('an answer that does not come, or does not end, is a timeout and is not sent again', async () => {
  const probe = await prober({ timeoutMs: 300 });
  for (const answer of ['', head]) {
    const server = kept(await startSockets((socket) => socket.write(answer)));
    const { failure } = await probe.send(wire(server.url), label);
    expect([failure, server.requests()]).toMatchObject([
      { kind: 'timeout', message: 'no complete answer within 300 ms' },
      1,
    ]);
  }
});

test('a port that nobody listens on, and TLS to a port without it, are unreachable', async () => {
  const probe = await prober();
  const refused = await probe.send(wire(await closedUrl()), label);
  expect(refused.failure).toMatchObject({ kind: 'unreachable', message: 'the connection is refused' });
  const plain = kept(await startServer(ok));
  const secure = await probe.send(wire(plain.url.replace('http:', 'https:')), label);
  expect(secure.failure).toMatchObject({
    kind: 'unreachable',
    message: 'the TLS connection fails: what answers does not speak TLS',
  });
});

test('a request that the client refuses to send is a fault of the suite', async () => {
  const server = kept(await startServer(ok));
  const probe = await prober();
  for (const headers of [[['Authorization', 'canary\ncanary']], [['X Y', 'canary']]] as [
    string,
    string,
  ][][]) {
    const { failure } = await probe.send(wire(server.url, { headers }), label);
    expect(failure).toMatchObject({
      kind: 'suite',
      message: 'the suite built a request that its HTTP client rejects',
    });
  }
  expect(server.seen).toEqual([]);
});

test('what a request says has no part in why it failed', async () => {
  const words = 'certificate ssl timed out Parse Error ENOTFOUND ECONNREFUSED must be aborted';
  const server = kept(await startSockets((socket) => socket.end(head)));
  const dead = kept(await startSockets((socket) => socket.resetAndDestroy()));
  const probe = await prober();
  const headers: [string, string][] = [['Authorization', words]];
  const half = await probe.send(wire(server.url, { headers }), label);
  const died = await probe.send(wire(dead.url, { headers }), label);
  expect([half.failure, died.failure, dead.requests()]).toMatchObject([
    { kind: 'broken', message: closed },
    { kind: 'broken', message: closed },
    2,
  ]);
});

test('no more requests are on their way than are allowed at once', async () => {
  let [now, most] = [0, 0];
  let waiting: (() => void)[] = [];
  const server = kept(
    await startServer(async (_seen, response) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length < 3) return;
        const all = waiting;
        waiting = [];
        setTimeout(() => all.forEach((go) => void go()), 30);
      });
      now -= 1;
      json(response, 200, {});
    }),
  );
  const probe = await prober({ concurrency: 3 });
  const sent = await Promise.all(Array.from({ length: 12 }, () => probe.send(wire(server.url), label)));
  expect(sent.map(({ response }) => response?.status)).toEqual(Array.from({ length: 12 }, () => 200));
  expect([most, now, probe.requests]).toEqual([3, 0, 12]);
});
