import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { createProber, type Prober } from '../../../../harness/engine/probe/prober.ts';
import { changedConnection } from '../../../../harness/engine/probe/raw-connection.ts';

const label = { variant: 'valid', credential: { description: 'no key' }, presented: [] } as const;

/** Serves one connection at a time, from its opening until its first answer, like a pool with one thread. */
async function startOneThread(): Promise<{ readonly url: string; close(): Promise<void> }> {
  let free = Promise.resolve();
  const server = createServer((socket) => {
    const before = free;
    free = new Promise((resolve) => {
      socket.on('close', () => resolve());
      socket.on('error', () => socket.destroy());
      const asked = new Promise((ask) => socket.on('data', ask));
      void Promise.all([before, asked]).then(() => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function proberOf(concurrency: number): Prober {
  return createProber({ concurrency, timeoutMs: 3000, userAgent: 'me/1', maxRequestsPerSecond: undefined });
}

for (const concurrency of [1, 4]) {
  test(`no connection waits for others with nothing to say, ${concurrency} requests at a time`, async () => {
    const server = await startOneThread();
    const prober = proberOf(concurrency);
    const wire = { method: 'GET', url: `${server.url}/v1/version`, headers: [] };
    try {
      const overOwn = async (): Promise<unknown> => {
        const connection = await prober.connect(server.url);
        const { response, failure } = await prober.send(wire, label, connection);
        connection.close();
        return response?.status ?? failure;
      };
      const overAny = async (): Promise<unknown> => {
        const { response, failure } = await prober.send(wire, label);
        return response?.status ?? failure;
      };
      const all = [overOwn(), ...Array.from({ length: 8 }, overAny), ...Array.from({ length: 8 }, overOwn)];
      expect(await Promise.all(all)).toEqual(all.map(() => 200));
    } finally {
      prober.dispose();
      await server.close();
    }
  });
}

test('a connection that sends in another way keeps the turn that it was opened in', async () => {
  const server = await startOneThread();
  const prober = proberOf(1);
  try {
    const connection = await prober.connect(server.url);
    const changed = changedConnection(connection, (bytes, method) => connection.exchange(bytes, method));
    const wire = { method: 'GET', url: `${server.url}/v1/version`, headers: [] };
    expect((await prober.send(wire, label, changed)).response?.status).toBe(200);
    connection.close();
    expect((await prober.send(wire, label)).response?.status).toBe(200);
  } finally {
    prober.dispose();
    await server.close();
  }
});

test('a connection that is closed unused gives its turn back, and so does one that cannot be opened', async () => {
  const server = await startOneThread();
  const prober = proberOf(1);
  const wire = { method: 'GET', url: `${server.url}/v1/version`, headers: [] };
  (await prober.connect(server.url)).close();
  const { response } = await prober.send(wire, label);
  expect(response?.status).toBe(200);
  await server.close();
  await expect(prober.connect(server.url)).rejects.toThrow('ECONNREFUSED');
  expect((await prober.send(wire, label)).failure?.kind).toBe('unreachable');
  prober.dispose();
});
