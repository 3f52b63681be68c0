import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RunningServer } from './listen.ts';
import { type CertificateOrder, makeAuthority } from './tls-certificate.ts';

interface BrokenTls {
  readonly does: string;
  /** What the certificate says. Without it the server speaks plain HTTP. */
  readonly certificate?: CertificateOrder;
  /** The protocol that the base URL names. */
  readonly url: 'http' | 'https';
}

const host = '127.0.0.1';

/** Servers to which no TLS connection can be made. Nobody trusts the authority of their certificates. */
export const brokenTls: Readonly<Record<string, BrokenTls>> = {
  'tls-unknown-authority': {
    does: 'shows a certificate that nobody trusts',
    certificate: { host, days: [-1, 1] },
    url: 'https',
  },
  'http-on-https': { does: 'speaks plain HTTP although the URL says https', url: 'https' },
  'https-on-http': {
    does: 'speaks TLS although the URL says http',
    certificate: { host, days: [-1, 1] },
    url: 'http',
  },
};

/** Starts one of them. `close` closes every connection at once. */
export async function startBrokenTls(id: string): Promise<RunningServer> {
  const broken = brokenTls[id];
  if (broken === undefined) throw new Error(`There is no server called ${id}.`);
  const answer = (_request: unknown, response: { end(text: string): unknown }): unknown => response.end('{}');
  const { certificate, url } = broken;
  const server =
    certificate === undefined
      ? createPlain(answer)
      : createSecure(await (await makeAuthority()).issue(certificate), answer);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `${url}://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
