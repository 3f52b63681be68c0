import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { createProber } from '../../../../harness/engine/probe/prober.ts';
import { startTimeLimit } from '../../../../harness/engine/probe/time-limit.ts';
import type { Exchange } from '../../../../harness/model/index.ts';
import { startSockets } from '../../support/server.ts';

const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';
const [data, headers, reset, settings] = [0, 1, 3, 4];

function frame(type: number, flags: number, payload: Buffer | string, stream = 1): Buffer {
  const content = Buffer.from(payload);
  const head = Buffer.from([0, 0, content.length, type, flags, 0, 0, 0, type === settings ? 0 : stream]);
  return Buffer.concat([head, content]);
}

/** A header block without indexing (RFC 7541 section 6.2.2); 8 is the index of `:status`. */
function block(status: string, fields: Readonly<Record<string, string>>): Buffer {
  const text = (value: string) => [Buffer.from([value.length]), Buffer.from(value)];
  const all = Object.entries(fields).flatMap(([name, value]) => [
    Buffer.from([0]),
    ...text(name),
    ...text(value),
  ]);
  return Buffer.concat([Buffer.from([8]), ...text(status), ...all]);
}

/** What is read of a server that changes to HTTP/2 and answers after the first frames, and what it got after 101. */
async function upgraded(...answer: readonly Buffer[]): Promise<readonly [Exchange, Buffer]> {
  let got: Buffer = Buffer.alloc(0);
  const left = [...answer];
  const server = await startSockets((socket, index, bytes) => {
    if (index === 0) return socket.write(Buffer.concat([Buffer.from(switching), frame(settings, 0, '')]));
    got = Buffer.concat([got, bytes]);
    // The preface is as long as 24 bytes, and the head of a frame has 9.
    if (got.length >= 24 + 9) for (const one of left.splice(0)) socket.write(one);
    return undefined;
  });
  const options = { userAgent: 'me/1', timeoutMs: 10_000, concurrency: 1, maxRequestsPerSecond: undefined };
  const probe = await createProber(options);
  try {
    const lines = ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'];
    const exchange = await probe.send(
      {
        method: 'GET',
        url: `${server.url}/v1/version`,
        headers: [['Connection', 'Upgrade, HTTP2-Settings']],
        lines,
      },
      { variant: 'valid', credential: { description: 'no key' }, presented: [] },
    );
    return [exchange, got];
  } finally {
    await probe.dispose();
    await server.close();
  }
}

for (const status of ['401', '200']) {
  test(`the answer to a request that asks for HTTP/2 is that of the new connection, here ${status}`, async () => {
    const fields = { 'www-authenticate': 'Bearer', 'content-type': 'application/json' };
    const answer = [frame(headers, 4, block(status, fields)), frame(data, 1, '{"error":"made_up"}')];
    const [{ response, failure }, got] = await upgraded(...answer);
    expect(failure).toBeUndefined();
    expect(response).toMatchObject({ status: Number(status), body: '{"error":"made_up"}' });
    expect(Object.fromEntries(response?.headers ?? [])).toEqual(fields);
    expect(got.subarray(0, 24).toString('latin1')).toBe('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    // The server has the request already: only SETTINGS and the like follow, no HEADERS.
    const types: number[] = [];
    for (let at = 24; at + 9 <= got.length; at += 9 + got.readUIntBE(at, 3)) types.push(got[at + 3]!);
    expect(types).toContain(settings);
    expect(types).not.toContain(headers);
  });
}

test('a connection that becomes HTTP/2 and then answers nothing is no answer', async () => {
  const [{ response, failure }] = await upgraded(frame(reset, 0, Buffer.from([0, 0, 0, 1])));
  expect(response).toBeUndefined();
  expect(failure?.kind).toBeDefined();
});

test('a pause of the process does not use up the time that an answer has', async () => {
  let isOver = false;
  startTimeLimit(200, () => {
    isOver = true;
  });
  const until = performance.now() + 400;
  while (performance.now() < until);
  await turn();
  await turn();
  expect(isOver).toBe(false);
  await expect.poll(() => isOver).toBe(true);
});
