import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { type Independent, startIndependent } from '../../harness/proof/independent/start.ts';
import { conformants, proveConformant } from '../../harness/proof/kill-matrix/servers.ts';
import { catalogue } from '../requirements/index.ts';

test.describe.configure({ timeout: 120_000 });

async function withServer<T>(use: (server: Independent['environment']) => Promise<T>): Promise<T> {
  const server = await startIndependent();
  return use(server.environment).finally(() => server.close());
}

/** Sends bytes over one connection, piece by piece, and returns everything that comes back until the server ends it. */
function bytesFrom(url = '', ...pieces: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let said = '';
    socket.on('data', (bytes) => (said += bytes.toString('utf8')));
    socket.on('error', reject).on('close', () => resolve(said));
    for (const piece of pieces) socket.write(piece, 'latin1');
  });
}

const get = (path: string, key: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\n${more}\r\n`;

test('the independent server keeps the contract', async () => {
  const independent = conformants.find(({ id }) => id === 'independent')!;
  const { verdict, cause, wrong } = await proveConformant(independent, catalogue);
  expect({ verdict, cause, wrong }).toEqual({ verdict: 'conformant', cause: undefined, wrong: [] });
});

test('its successes end in a trailer, and its 404 is the same for an item and a path', async () => {
  await withServer(async ({ MUFI_BASE_URL: url, MUFI_WRITE_KEY: key = '' }) => {
    const close = 'Connection: close\r\n';
    const success = await bytesFrom(url, get('/v1/version', key, close));
    expect(success).toMatch(
      /^HTTP\/1\.1 200 \r\n(?:[^\r]+\r\n)*transfer-encoding: chunked\r\ntrailer: Server-Timing\r\n\r\n/,
    );
    expect(success).toMatch(/\r\n0\r\nServer-Timing: app;dur=1\r\n\r\n$/);
    const unknown = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    for (const path of [`/v1/products/${unknown}`, `/v1/events/${unknown}`, '/v1/nothing', '/']) {
      const missing = await bytesFrom(url, get(path, key, close));
      expect(missing, path).toMatch(/^HTTP\/1\.1 404 [\s\S]*\r\n\r\n\{"error":"not_found"\}$/);
    }
  });
});

test('it reads a request that comes in pieces, in chunks, and behind another one', async () => {
  await withServer(async ({ MUFI_BASE_URL: url, MUFI_WRITE_KEY: key = '' }) => {
    const chunked = `POST /v1/users/fetch HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: 1\r\n\r\n`;
    const [first, second] = [get('/v1/version', key) + chunked.slice(0, 40), chunked.slice(40)];
    const said = await bytesFrom(url, first, second);
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(said).toContain('"total":0');
  });
});

for (const [what, head, status] of [
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost: a\r\nAuthorization : x\r\n\r\n', 400],
  ['a folded line', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n', 400],
  ['a control byte', 'GET / HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n', 400],
  ['a bare line feed', 'GET / HTTP/1.1\nHost: a\n\n', 400],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
  [
    'two framings',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
  ],
  ['an unknown coding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n', 501],
  ['too large a head', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
] as const) {
  test(`it refuses ${what} with ${status} and ends the connection`, async () => {
    await withServer(async ({ MUFI_BASE_URL: url }) => {
      expect(await bytesFrom(url, head)).toMatch(
        new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*connection: close[\\s\\S]*"errors"`),
      );
    });
  });
}
