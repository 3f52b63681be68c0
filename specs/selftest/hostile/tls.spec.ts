import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { type CertificateOrder, makeAuthority } from '../../../harness/reference/tls-certificate.ts';
import { type HostileTarget, holdTarget, type Outcome, shortMs } from '../support/hostile.ts';

test.describe.configure({ timeout: 60_000 });

/** A target with HTTPS: its certificate and TLS settings, or what it does with a bare connection. */
interface TlsRow extends Outcome {
  readonly certificate?: Partial<CertificateOrder> | 'self-signed';
  /** The certificate comes from an authority that the suite does not know. */
  readonly unknown?: true;
  readonly options?: ServerOptions;
  /** Replaces the handshake; called when a connection opens. */
  readonly talk?: (socket: Socket) => void;
  /** Handles a request over an established connection; by default everything is answered 200. */
  readonly answer?: (socket: Socket) => void;
  readonly environment?: Readonly<Record<string, string>>;
  /** The protocol in the base URL, if it is not https. */
  readonly url?: 'http';
}

const old = { ciphers: 'DEFAULT:@SECLEVEL=0', minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
const unsafe = { ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
const fails = /cannot be tested: the TLS connection fails: /;
const because = (why: string): RegExp => new RegExp(`${fails.source}${why}`);
/** A record of TLS: 21 is an alert, 22 a handshake. */
const record = (type: number, ...bytes: number[]): Buffer =>
  Buffer.from([type, 3, 3, bytes.length >> 8, bytes.length & 255, ...bytes]);
const alert = (description: number, level = 2) => ({
  talk: (socket: Socket) => socket.once('data', () => socket.end(record(21, level, description))),
});

const saying = (bytes: string | Buffer) => (socket: Socket) =>
  void socket.once('data', () => socket.write(bytes));
const plainly = (socket: Socket) => void createPlain((_in, out) => out.end('{}')).emit('connection', socket);

const rows: readonly TlsRow[] = [
  {
    does: 'shows a certificate that has expired',
    certificate: { days: [-9, -1] },
    exit: 2,
    cause: because('the certificate has expired'),
  },
  {
    does: 'shows a certificate that is not valid yet',
    certificate: { days: [1, 9] },
    exit: 2,
    cause: because('the certificate is not valid yet'),
  },
  {
    does: 'shows a certificate for another host name',
    certificate: { host: 'other.example' },
    exit: 2,
    cause: because('the certificate is for another host name'),
  },
  {
    does: 'shows a certificate for another address',
    certificate: { host: '127.0.0.2' },
    exit: 2,
    cause: because('the certificate is for another host name'),
  },
  {
    does: 'shows a certificate for a host name that is its address in words',
    certificate: { host: '127.0.0.1.example' },
    exit: 2,
    cause: because('the certificate is for another host name'),
  },
  {
    does: 'signs its own certificate',
    certificate: 'self-signed',
    unknown: true,
    exit: 2,
    cause: because('the certificate is not signed by an authority that this machine trusts'),
  },
  {
    does: 'shows a certificate of an unknown authority',
    unknown: true,
    exit: 2,
    cause: because('the certificate is not signed by an authority that this machine trusts'),
    environment: { NODE_EXTRA_CA_CERTS: '' },
  },
  {
    does: 'shows a certificate of an unknown authority with the name of a known one',
    unknown: true,
    exit: 2,
    cause: because('the certificate is not signed by an authority that this machine trusts'),
  },
  {
    does: 'shows a certificate with an RSA key of 768 bits',
    certificate: { kind: 'short-rsa' },
    options: unsafe,
    exit: 2,
    cause: because('a key of the target is too small'),
  },
  {
    does: 'sends a chain of 300 certificates',
    options: { cert: 'chain' },
    exit: 2,
    cause: fails,
  },
  { does: 'offers TLS 1.1 at most', options: old, exit: 2, cause: because('the target offers no version') },
  {
    does: 'asks for a client certificate over TLS 1.3',
    options: { requestCert: true, minVersion: 'TLSv1.3' },
    exit: 2,
    cause: because('the target asks for a client certificate'),
  },
  {
    does: 'asks for a client certificate over TLS 1.2',
    options: { requestCert: true, maxVersion: 'TLSv1.2' },
    exit: 2,
    cause: because('the target (asks for a client certificate|ends the handshake)'),
  },
  {
    does: 'speaks plain HTTP on its TLS port',
    talk: plainly,
    exit: 2,
    cause: because('what answers does not speak TLS'),
  },
  {
    does: 'speaks TLS on its plain HTTP port',
    url: 'http',
    exit: 2,
    cause: /cannot be tested: the (answer is not valid HTTP but TLS|connection is closed before)/,
  },
  { does: 'sends garbage in the handshake', talk: saying('garbage\r\n'.repeat(9)), exit: 2, cause: fails },
  {
    does: 'sends a record without end',
    talk: saying(record(22, 2, 0)),
    exit: 2,
    cause: /within 300 ms/,
    timeoutMs: shortMs,
  },
  {
    does: 'sends a ServerHello of zeros',
    talk: saying(record(22, 2, 0, 0, 40, ...Array(40).fill(0))),
    exit: 2,
    cause: fails,
  },
  {
    does: 'promises a handshake message of 16 MiB',
    talk: saying(record(22, 2, 255, 255, 255, 3, 3)),
    exit: 2,
    cause: /cannot be tested/,
    timeoutMs: shortMs,
  },
  {
    does: 'sends warnings without end',
    talk: saying(Buffer.concat(Array(20_000).fill(record(21, 1, 112)))),
    exit: 2,
    cause: /cannot be tested/,
    timeoutMs: shortMs,
  },
  {
    does: 'says nothing in the handshake',
    talk: () => undefined,
    exit: 2,
    cause: /within 300 ms/,
    timeoutMs: shortMs,
  },
  {
    does: 'drips in the handshake',
    talk: (socket) => {
      const timer = setInterval(() => socket.write(Buffer.from([22])), 100);
      socket.on('close', () => clearInterval(timer));
    },
    exit: 2,
    cause: /cannot be tested/,
    timeoutMs: shortMs,
  },
  {
    does: 'closes in the handshake',
    talk: (socket) => socket.once('data', () => socket.end()),
    exit: 2,
    cause: /cannot be tested/,
  },
  {
    does: 'resets in the handshake',
    talk: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    exit: 2,
    cause: /cannot be tested/,
  },
  {
    does: 'resets before the handshake',
    talk: (socket) => socket.resetAndDestroy(),
    exit: 2,
    cause: /cannot be tested/,
  },
  { does: 'ends the handshake with close_notify', ...alert(0, 1), exit: 2, cause: /cannot be tested/ },
  {
    does: 'ends the handshake with handshake_failure',
    ...alert(40),
    exit: 2,
    cause: because('the target ends the handshake'),
  },
  {
    does: 'ends the handshake with protocol_version',
    ...alert(70),
    exit: 2,
    cause: because('the target offers no version'),
  },
  { does: 'ends the handshake with internal_error', ...alert(80), exit: 2, cause: fails },
  { does: 'ends the handshake with unrecognized_name', ...alert(112), exit: 2, cause: fails },
  { does: 'ends the handshake with an alert that nobody knows', ...alert(255), exit: 2, cause: fails },
  {
    does: 'says nothing after the handshake',
    answer: () => undefined,
    exit: 2,
    cause: /within 300 ms/,
    timeoutMs: shortMs,
  },
  {
    does: 'closes after the handshake',
    answer: (socket) => socket.end(),
    exit: 2,
    cause: /cannot be tested/,
  },
  {
    does: 'resets after the handshake',
    answer: (socket) => socket.destroy(),
    exit: 2,
    cause: /cannot be tested/,
  },
  {
    does: 'answers 200 to everything over TLS 1.2',
    options: { maxVersion: 'TLSv1.2' },
    exit: 1,
    cause: undefined,
  },
  {
    does: 'answers 200 to everything over TLS 1.3',
    options: { minVersion: 'TLSv1.3' },
    exit: 1,
    cause: undefined,
  },
  {
    does: 'answers 200 to everything with an RSA certificate',
    certificate: { kind: 'rsa' },
    exit: 1,
    cause: undefined,
  },
];

async function startTls(row: TlsRow): Promise<HostileTarget> {
  const authority = await makeAuthority();
  const trusted = row.unknown === undefined ? authority : await makeAuthority();
  const caFile = `${test.info().outputPath()}/ca.pem`;
  mkdirSync(test.info().outputDir, { recursive: true });
  writeFileSync(caFile, trusted.cert);
  const order = row.certificate === 'self-signed' ? {} : row.certificate;
  const identity =
    row.certificate === 'self-signed'
      ? { cert: authority.cert, key: authority.key }
      : await authority.issue({ host: '127.0.0.1', days: [-1, 2], ...order });
  const chain = row.options?.cert === 'chain' ? { cert: identity.cert + authority.cert.repeat(300) } : {};
  const { talk, answer } = row;
  const sockets = new Set<Socket>();
  const server =
    talk === undefined
      ? createServer({ ...identity, ...row.options, ...chain }, (incoming, outgoing) => {
          if (answer !== undefined) answer(incoming.socket);
          else outgoing.setHeader('content-type', 'application/json').end('{}');
        })
      : createSocketServer(talk);
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      MUFI_BASE_URL: `${row.url ?? 'https'}://127.0.0.1:${port}`,
      NODE_EXTRA_CA_CERTS: caFile,
      ...row.environment,
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

for (const row of rows) {
  test(`a target that ${row.does} comes to exit ${row.exit}, in time and without a key`, async () => {
    await holdTarget(row, () => startTls(row));
  });
}

test('every hostile handshake has its own row', () => {
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(30);
});
