import { expect, test } from '@playwright/test';
import { assemble } from '../../../harness/engine/matrix/assemble.ts';
import { spellPath } from '../../../harness/engine/matrix/path-spelling.ts';
import { createProber } from '../../../harness/engine/probe/prober.ts';
import type { Scenario } from '../../../harness/model/index.ts';
import { pathsWithoutKey, pathsWithReadKey } from '../../requirements/permissions/path-kinds.ts';
import { startSockets } from '../support/server.ts';

const path = '/v1/users/fetch';

/** The request lines that are sent for a path. */
async function linesOf(scenarios: readonly Scenario[]): Promise<Record<string, string>> {
  let heard = '';
  const server = await startSockets((socket, _index, bytes) => {
    heard = bytes.toString('latin1').split('\r\n')[0] ?? '';
    socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  const prober = createProber({
    userAgent: 'test',
    timeoutMs: 2_000,
    concurrency: 1,
    maxRequestsPerSecond: undefined,
  });
  const found: [string, string][] = [];
  try {
    for (const { id, spelling, present: { requestLine } = {} } of scenarios) {
      const spelled = spelling === undefined ? path : spellPath(path, spelling);
      const parts = { path: spelled, query: [], body: undefined, succeeds: true };
      const presented = { headers: [], query: [], json: {}, lines: [] };
      const more = requestLine === undefined ? {} : { requestLine };
      const wire = assemble(server.url, 'GET', parts, { ...presented, ...more });
      await prober.send(wire, { variant: 'valid', credential: { description: 'no key' }, presented: [] });
      found.push([id, heard.replace(server.url, 'http://target').replace(/^GET (.*) HTTP\/1\.1$/, '$1')]);
    }
  } finally {
    prober.dispose();
    await server.close();
  }
  return Object.fromEntries(found);
}

test('every spelling of a path is sent exactly as it is written', async () => {
  expect(await linesOf(pathsWithoutKey)).toEqual({
    'leading-double-slash': '//v1/users/fetch',
    'leading-triple-slash': '///v1/users/fetch',
    'leading-dot-segment': '/./v1/users/fetch',
    'leading-parent-segment': '/conformance/../v1/users/fetch',
    'parent-segment': '/v1/conformance/../users/fetch',
    'encoded-parent-segment': '/v1/conformance/%2e%2e/users/fetch',
    'encoded-parent-slash': '/v1/conformance/..%2fusers/fetch',
    'parent-with-parameter': '/v1/conformance/..;/users/fetch',
    'trailing-double-slash': '/v1/users/fetch//',
    'trailing-dot-segment': '/v1/users/fetch/.',
    'trailing-parent-segment': '/v1/users/fetch/conformance/..',
    'trailing-dot': '/v1/users/fetch.',
    'trailing-port': '/v1/users/fetch:80',
    'first-parameter': '/v1;conformance=1/users/fetch',
    'second-parameter': '/v1/users;conformance=1/fetch',
    'every-parameter': '/v1;conformance=1/users;conformance=1/fetch;conformance=1',
    'empty-parameter': '/v1/users/fetch;',
    'encoded-first-letter': '/%761/users/fetch',
    'encoded-letters': '/%761/%75%73%65%72%73/%66%65%74%63%68',
    'double-encoded-letter': '/v1/users/fetc%2568',
    'encoded-last-slash': '/v1/users%2ffetch',
    'double-encoded-slash': '/v1%252fusers/fetch',
    'encoded-leading-slash': '/%2fv1/users/fetch',
    'encoded-backslash': '/v1%5cusers/fetch',
    'overlong-slash': '/v1%c0%afusers/fetch',
    'encoded-tab': '/v1/users/fetch%09',
    'encoded-space': '/v1/users/fetch%20',
    'encoded-line-feed': '/v1/users/fetch%0a',
    'encoded-hash': '/v1/users/fetch%23conformance',
    'encoded-question-mark': '/v1/users/fetch%3fconformance',
    'encoded-trailing-slash': '/v1/users/fetch%2f',
    'upper-case-first': '/V1/users/fetch',
    'upper-case-last': '/v1/users/FETCH',
    'static-suffix': '/v1/users/fetch.css',
    'static-file-below': '/v1/users/fetch/conformance.css',
    'zero-byte-and-suffix': '/v1/users/fetch%00.css',
    'from-well-known': '/.well-known/../v1/users/fetch',
    'from-health': '/health/../v1/users/fetch',
    'from-static': '/static/../v1/users/fetch',
    'from-docs': '/docs/../v1/users/fetch',
    'from-health-encoded': '/health/%2e%2e/v1/users/fetch',
    'from-health-slash': '/health/..%2fv1/users/fetch',
    'from-health-parameter': '/health/..;/v1/users/fetch',
    'from-version': '/v1/version/../users/fetch',
    'from-version-encoded': '/v1/version/%2e%2e/users/fetch',
    'from-version-parameter': '/v1/version/..;/users/fetch',
    'version-zero': '/v0/users/fetch',
    'version-two': '/v2/users/fetch',
    'no-version': '/users/fetch',
    'below-api': '/api/v1/users/fetch',
    'below-internal': '/internal/v1/users/fetch',
    'below-script': '/index.php/v1/users/fetch',
    'absolute-form': 'http://target/v1/users/fetch',
    'absolute-form-localhost': 'http://localhost/v1/users/fetch',
    'raw-hash': '/v1/users/fetch#conformance',
  });
});

test('the read key goes to the same paths', async () => {
  expect(await linesOf(pathsWithReadKey)).toEqual(await linesOf(pathsWithoutKey));
});
