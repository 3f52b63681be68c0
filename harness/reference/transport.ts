import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { TlsOptions } from 'node:tls';
import type { CertificateOrder } from './tls-certificate.ts';

/** What a server over TLS does below its policy: at the handshake, and at its plain HTTP address. */
export interface Transport {
  readonly tls: Pick<TlsOptions, 'minVersion' | 'maxVersion' | 'ciphers'>;
  /** Offers HTTP/2 in addition to HTTP/1.1. */
  readonly http2?: boolean;
  /** Validity of a second certificate, for clients that want an RSA signature. */
  readonly rsaDays?: CertificateOrder['days'];
  /** Values of Strict-Transport-Security, one field for each, on every answer over TLS. */
  readonly hsts: readonly string[];
  /** What answers at the plain HTTP address; `closed`: nothing listens there. */
  readonly plain: Plain | 'closed';
  /** If set, the TLS port also accepts plain HTTP and answers like this. */
  readonly plainOnSecurePort?: Plain;
}

/** Answers one request over plain HTTP. `api` answers over TLS, `secureUrl` is the same address over https. */
export type Plain = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  more: { readonly api: RequestListener; readonly secureUrl: string },
) => void;

/** Redirects every client to the same address over https. */
export function redirecting(status: number): Plain {
  return (_incoming, outgoing, { secureUrl }) => {
    outgoing.writeHead(status, { location: secureUrl, connection: 'close' }).end();
  };
}

/** Rejects every client with one status. */
export function refusing(status: number, headers: Readonly<Record<string, string>> = {}): Plain {
  return (_incoming, outgoing) => {
    const type = { 'content-type': 'application/json' };
    outgoing.writeHead(status, { ...type, ...headers }).end('{"error":"https_required"}');
  };
}

/** Serves the API over plain HTTP. */
export const serving: Plain = (incoming, outgoing, { api }) => api(incoming, outgoing);

/** Lets the API do the work, then replaces its answer. */
export function replacing(change: (status: number) => number): Plain {
  return (incoming, outgoing, { api, secureUrl }) => {
    const writeHead = outgoing.writeHead.bind(outgoing) as (status: number, fields: object) => ServerResponse;
    const end = outgoing.end.bind(outgoing) as () => ServerResponse;
    outgoing.writeHead = ((status: number) =>
      writeHead(change(status), { location: secureUrl })) as typeof outgoing.writeHead;
    outgoing.write = () => true;
    outgoing.end = (() => end()) as typeof outgoing.end;
    api(incoming, outgoing);
  };
}

/** TLS 1.2 and 1.3, HSTS for a year, and a redirect for plain HTTP. */
export const careful: Transport = { tls: {}, hsts: ['max-age=31536000'], plain: redirecting(308) };
