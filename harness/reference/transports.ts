import { careful, redirecting, refusing, type Transport } from './transport.ts';

/** A conformant way to be reached over TLS. */
interface TransportVariant {
  readonly id: string;
  readonly differs: string;
  readonly transport: Partial<Transport>;
}

/** Conformant servers that differ below the policy. */
export const transports: readonly TransportVariant[] = [
  { id: 'over-tls', differs: 'HTTPS, and a redirect for plain HTTP.', transport: careful },
  { id: 'no-plain-http', differs: 'Nothing listens for plain HTTP.', transport: { plain: 'closed' } },
  {
    id: 'plain-http-moved',
    differs: 'Plain HTTP is answered 301, and HSTS covers subdomains.',
    transport: {
      plain: redirecting(301),
      hsts: ['max-age="63072000" ; includeSubDomains; preload; note="a; b"'],
    },
  },
  {
    id: 'plain-http-forbidden',
    differs: 'Plain HTTP is answered 403.',
    transport: { plain: refusing(403) },
  },
  {
    id: 'plain-http-unauthorized',
    differs: 'Plain HTTP is answered 401.',
    transport: { plain: refusing(401, { 'www-authenticate': 'Bearer' }) },
  },
  {
    id: 'plain-http-upgrade-required',
    differs: 'Plain HTTP is answered 426.',
    transport: { plain: refusing(426, { upgrade: 'TLS/1.2, HTTP/1.1', connection: 'Upgrade' }) },
  },
  {
    id: 'plain-http-dropped',
    differs: 'Connections for plain HTTP are closed without an answer.',
    transport: { plain: (incoming) => void incoming.socket.destroy() },
  },
  {
    id: 'two-certificates',
    differs: 'Clients without elliptic curves get an RSA certificate.',
    transport: { rsaDays: [-1, 1] },
  },
  { id: 'http2', differs: 'HTTP/2 is offered in addition to HTTP/1.1.', transport: { http2: true } },
  { id: 'only-tls-1-3', differs: 'Only TLS 1.3 is spoken.', transport: { tls: { minVersion: 'TLSv1.3' } } },
  { id: 'only-tls-1-2', differs: 'Only TLS 1.2 is spoken.', transport: { tls: { maxVersion: 'TLSv1.2' } } },
];
