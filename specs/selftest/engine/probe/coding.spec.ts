import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { createProber, type ProbeLabel } from '../../../../harness/engine/probe/prober.ts';
import { type Answer, startServer, startSockets } from '../../support/server.ts';

const label: ProbeLabel = { variant: 'valid', credential: { description: 'write key' }, presented: [] };
const text = '{"name":"Zoë \u2603"}';
const options = { userAgent: 'me/1', timeoutMs: 5000, concurrency: 4, maxRequestsPerSecond: undefined };

/** The answer of a server to a request of the HTTP client, and to one with raw lines. */
async function ask(answer: Answer) {
  const server = await startServer(answer);
  const probe = createProber(options);
  const wire = { method: 'GET', url: `${server.url}/v1/version`, headers: [] };
  try {
    const exchanges = [await probe.send(wire, label), await probe.send({ ...wire, lines: ['X: 1'] }, label)];
    return { exchanges, seen: server.seen, requests: probe.requests };
  } finally {
    probe.dispose();
    await server.close();
  }
}

const encoded = (coding: string, bytes: Uint8Array | string): Answer => {
  return (_seen, response) => response.writeHead(200, { 'Content-Encoding': coding }).end(bytes);
};

for (const [coding, bytes] of [
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['GZIP', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['Deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
  ['identity', text],
] as const) {
  test(`a body in the coding ${coding} is judged as what it says`, async () => {
    const { exchanges, seen } = await ask(encoded(coding, bytes));
    for (const { response } of exchanges) {
      expect([response?.body, response?.bodyBytes, response?.bodyCut]).toEqual([
        text,
        Buffer.byteLength(text),
        undefined,
      ]);
    }
    expect(seen[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
  });
}

test('a small body that unfolds without end is cut', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(100_000);
  for (const { response } of (await ask(encoded('gzip', bomb))).exchanges) {
    expect([response?.body.length, response?.bodyCut]).toEqual([1024 * 1024, true]);
    expect(response?.bodyBytes).toBeLessThan(2 * 1024 * 1024);
  }
});

for (const [what, coding, bytes] of [
  ['is something else', 'gzip', text],
  ['stops in the middle', 'gzip', gzipSync(text).subarray(0, 15)],
  ['was not asked for', 'compress', text],
  ['is wrapped twice', 'gzip, gzip', gzipSync(gzipSync(text))],
] as const) {
  test(`a coding that ${what} is reported and is not an answer`, async () => {
    const { exchanges } = await ask(encoded(coding, bytes));
    const failure = {
      kind: 'broken',
      message: 'the body does not have the encoding that Content-Encoding names',
    };
    expect(exchanges.map((exchange) => exchange.failure)).toMatchObject([failure, failure]);
  });
}

test('an answer without a body has nothing to decode', async () => {
  const { exchanges } = await ask((_seen, response) =>
    response.writeHead(204, { 'Content-Encoding': 'gzip' }).end(),
  );
  expect(exchanges.map(({ response }) => [response?.status, response?.body])).toEqual([
    [204, ''],
    [204, ''],
  ]);
});

test('a kept connection that turns out to be closed costs one more connection and no answer', async () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
  const known = new Set<unknown>();
  // Each connection answers once, stays open, and breaks when it is used again.
  const server = await startSockets((socket) => {
    if (known.has(socket)) socket.resetAndDestroy();
    else socket.write(answer);
    known.add(socket);
  });
  const probe = createProber({ ...options, concurrency: 3 });
  const wire = { method: 'GET', url: server.url, headers: [] };
  try {
    for (let round = 0; round < 4; round += 1) {
      const sent = await Promise.all([1, 2, 3].map(() => probe.send(wire, label)));
      expect(sent.map(({ response, failure }) => [response?.status, failure])).toEqual(
        Array.from({ length: 3 }, () => [200, undefined]),
      );
    }
  } finally {
    probe.dispose();
    await server.close();
  }
});

for (const [what, value] of [
  ['an hour', '3600'],
  ['a day that is far away', 'Fri, 01 Jan 2100 00:00:00 GMT'],
] as const) {
  test(`a rate limit that asks to wait for ${what} is not sat out, and nothing is sent before`, async () => {
    const limited: Answer = (_seen, response) => response.writeHead(429, { 'Retry-After': value }).end();
    const { exchanges, requests } = await ask(limited);
    for (const { failure } of exchanges) {
      expect(failure?.kind).toBe('rate-limited');
      expect(failure?.message).toMatch(
        /^the target answers 429 and asks for a wait of \d+ s, longer than MUFI_TIM/,
      );
    }
    expect(requests).toBe(2);
  });
}

test('what a rate limit asks for holds for every other request too', async () => {
  let limited = false;
  let tooEarly = 0;
  const server = await startServer((_seen, response, index) => {
    if (limited) tooEarly += 1;
    limited = index === 0;
    if (limited) setTimeout(() => (limited = false), 800);
    response.writeHead(limited ? 429 : 200, limited ? { 'Retry-After': '1' } : {}).end();
  });
  const probe = createProber(options);
  const wire = { method: 'GET', url: server.url, headers: [] };
  try {
    const first = probe.send(wire, label);
    await expect.poll(() => server.seen.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = await probe.send(wire, label);
    const statuses = [await first, second].map(({ response }) => response?.status);
    expect([statuses, server.seen.length, tooEarly]).toEqual([[200, 200], 3, 0]);
  } finally {
    probe.dispose();
    await server.close();
  }
});
