import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../../harness/engine/configuration/configuration.ts';
import { isOnLoopback } from '../../../../harness/engine/configuration/plain-http.ts';
import { capabilitiesOf } from '../../../../harness/engine/preflight/capabilities.ts';
import { lookAtTls } from '../../../../harness/engine/probe/tls-look.ts';
import { hstsProblem } from '../../../../harness/engine/verdict/hsts.ts';
import { because } from '../../../../harness/model/index.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { base } from '../../support/environments.ts';
import { startServer, startSockets } from '../../support/server.ts';

const none = 'Strict-Transport-Security is missing';
const cut = 'Strict-Transport-Security does not parse at';
for (const [fields, problem] of [
  [['max-age=1'], undefined],
  [[' MAX-AGE = "31536000" ;; includeSubDomains; preload ; x="a;\\" b";'], undefined],
  [[], none],
  [['max-age=1', 'max-age=1'], 'there are 2 Strict-Transport-Security fields, but only one is allowed'],
  [[''], 'Strict-Transport-Security has no max-age'],
  [['includeSubDomains'], 'Strict-Transport-Security has no max-age'],
  [['max-age=0'], 'max-age is 0, which disables HSTS'],
  [['max-age="000"'], 'max-age is 0, which disables HSTS'],
  [['max-age'], 'max-age is "", which is not a number of seconds'],
  [['max-age=-1'], 'max-age is "-1", which is not a number of seconds'],
  [['max-age=1e3'], 'max-age is "1e3", which is not a number of seconds'],
  [['max-age=1, max-age=1'], `${cut} "max-age=1, max-age=1"`],
  [['max-age=one year'], `${cut} "max-age=one year"`],
  [['max-age="1'], `${cut} "max-age="1"`],
  [['max-age=1; Max-Age=2'], 'Strict-Transport-Security names max-age twice'],
] as const) {
  test(`of Strict-Transport-Security ${JSON.stringify(fields)} is said: ${problem ?? 'nothing'}`, () => {
    expect(hstsProblem(fields)).toBe(problem);
  });
}

test('plain HTTP is looked for next to HTTPS if that has its usual port', () => {
  const at = (url: string) => readConfiguration({ ...base, MUFI_BASE_URL: url }).httpUrl;
  expect(at('https://host')).toBe('http://host');
  expect(at('HTTPS://Host:443/mufi/')).toBe('http://host/mufi');
  expect(at('https://[::1]/')).toBe('http://[::1]');
  expect([at('https://host:8443'), at('http://host')]).toEqual([undefined, undefined]);
});

test('only an address of this machine is on loopback, and one that is missing leads nowhere', () => {
  expect(isOnLoopback('https://127.0.0.1:8443', 'http://localhost:80/x', undefined)).toBe(true);
  expect(isOnLoopback('https://[::1]', 'http://127.1.2.3')).toBe(true);
  for (const url of [
    'http://host',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'http://10.0.0.1',
  ])
    expect(isOnLoopback('https://127.0.0.1', url), url).toBe(false);
});

for (const [what, environment, features, found] of [
  ['plain HTTP on loopback', { MUFI_BASE_URL: 'http://127.0.0.1' }, undefined, 'missing missing have'],
  ['HTTPS on loopback', { MUFI_BASE_URL: 'https://localhost' }, undefined, 'have have have'],
  ['HTTPS elsewhere', { MUFI_BASE_URL: 'https://host' }, undefined, 'have have missing'],
  [
    'HTTPS on loopback with plain HTTP elsewhere',
    { MUFI_BASE_URL: 'https://localhost:8443', MUFI_HTTP_URL: 'http://host' },
    undefined,
    'have have missing',
  ],
  ['HTTPS on another port', { MUFI_BASE_URL: 'https://host:8443' }, undefined, 'have missing missing'],
  ['HTTPS with key control', { MUFI_BASE_URL: 'https://host' }, ['keys'], 'have have have'],
  ['HTTPS with a clock only', { MUFI_BASE_URL: 'https://host' }, ['clock'], 'have have missing'],
] as const) {
  test(`${what} is recognised before a key is sent unencrypted`, () => {
    const target = readConfiguration({ ...base, ...environment });
    const inputs = { target, baseUrl: target.baseUrl ?? '', features, publicKeyKnown: false };
    const capabilities = capabilitiesOf(inputs);
    const words = (['https', 'plain-http', 'expendable-key'] as const).map((name) => capabilities.get(name));
    expect(words.join(' ')).toBe(found);
  });
}

const options = { timeoutMs: 5_000 };

test('a handshake is agreed on, refused, or not to be decided', async () => {
  const server = await startReference({ faults: ['old-tls-accepted'] });
  try {
    const trusted = { ...options, caFile: server.caFile };
    const ecdhe = 'ECDHE-ECDSA-AES256-SHA';
    expect(await lookAtTls(server.url, 'TLS 1.0', trusted)).toEqual({
      kind: 'agreed',
      on: `TLSv1 with ${ecdhe}`,
    });
    expect(await lookAtTls(server.url, 'TLS 1.1', options)).toEqual({
      kind: 'agreed',
      on: `TLSv1.1 with ${ecdhe}`,
      untrusted: 'the certificate is not signed by an authority that this machine trusts',
    });
    expect(await lookAtTls(server.url, 'RSA certificates', trusted)).toEqual({ kind: 'refused' });
  } finally {
    await server.close();
  }
  expect(await lookAtTls(server.url, 'TLS 1.0', options)).toEqual({
    kind: 'undecided',
    because: because('handshake-undecided', { message: 'the connection is refused' }),
  });
});

test('whoever does not speak TLS, or hangs up, refuses; whoever says nothing leaves it open', async () => {
  const plain = await startServer((_seen, response) => response.end());
  const rude = await startSockets((socket) => socket.resetAndDestroy());
  const silent = await startSockets(() => undefined);
  const at = ({ url }: { url: string }, timeoutMs = 5_000) =>
    lookAtTls(url.replace('http:', 'https:'), 'TLS 1.1', { timeoutMs });
  try {
    expect([await at(plain), await at(rude)]).toEqual([{ kind: 'refused' }, { kind: 'refused' }]);
    expect(await at(silent, 200)).toEqual({
      kind: 'undecided',
      because: because('handshake-undecided', { message: 'no complete answer within 200 ms' }),
    });
  } finally {
    await Promise.all([plain, rude, silent].map((server) => server.close()));
  }
});
