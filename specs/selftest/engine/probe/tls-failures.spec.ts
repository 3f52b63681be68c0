import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { expect, test } from '@playwright/test';
import { describeFailure, nextStepAfter } from '../../../../harness/engine/probe/failure.ts';
import { createProber } from '../../../../harness/engine/probe/prober.ts';
import { defined } from '../../../../harness/model/defined.ts';
import { makeAuthority } from '../../../../harness/reference/tls-certificate.ts';

const label = { variant: 'valid', credential: { description: 'write key' }, presented: [] } as const;
const old = { ciphers: 'DEFAULT:@SECLEVEL=0', minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;

const rows: readonly (readonly [what: string, options: TlsOptions, message: RegExp, step: RegExp])[] = [
  [
    'asks for a client certificate over TLS 1.3',
    { requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    /client certificate/,
    /without a client certificate/,
  ],
  [
    'asks for a client certificate over TLS 1.2',
    { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
    /client certificate|ends the handshake/,
    /without a client certificate/,
  ],
  ['offers TLS 1.1 at most', old, /no version that is still safe/, /TLS 1\.2 or 1\.3/],
];

for (const [what, options, message, step] of rows) {
  for (const lines of [undefined, ['X-Raw: 1']]) {
    test(`a target that ${what} is named in one sentence${lines === undefined ? '' : ', to a raw request'}`, async () => {
      const authority = await makeAuthority();
      const folder = test.info().outputDir;
      mkdirSync(folder, { recursive: true });
      const caFile = `${folder}/ca.pem`;
      writeFileSync(caFile, authority.cert);
      const server = createServer(
        { ...(await authority.issue({ host: '127.0.0.1', days: [-1, 2] })), ...options },
        (_in, out) => out.end('{}'),
      );
      server.on('tlsClientError', () => undefined);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const probe = createProber({
        userAgent: 'me/1',
        timeoutMs: 5000,
        concurrency: 1,
        maxRequestsPerSecond: undefined,
        caFile,
      });
      try {
        const url = `https://127.0.0.1:${port}/v1/x`;
        const wire = { method: 'GET', url, headers: [], ...defined({ lines }) };
        const { failure } = await probe.send(wire, label);
        expect(failure?.kind).toBe('unreachable');
        expect(failure?.message).toMatch(message);
        expect(nextStepAfter(failure!)).toMatch(step);
      } finally {
        probe.dispose();
        server.closeAllConnections();
        server.close();
      }
    });
  }
}

for (const [text, message] of [
  ['error:0A00018F:SSL routines::ee key too small', /too small/],
  ['error:0A00018A:SSL routines::dh key too small', /too small/],
  ['error:0A00018E:SSL routines::ca md too weak', /is too weak/],
  ['error:0A000102:SSL routines::unsupported protocol', /TLS 1\.2 or 1\.3/],
] as const) {
  test(`what OpenSSL calls "${text.split('::')[1]}" is said in words of the suite`, () => {
    expect(describeFailure(new Error(text), 1).message).toMatch(message);
  });
}
