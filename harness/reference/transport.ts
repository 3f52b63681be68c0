import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { TlsOptions } from 'node:tls';
import type { CertificateOrder } from './tls-certificate.ts';

/** What a server that is reached over TLS does below its policy: at the handshake, and at its plain HTTP address. */
export interface Transport {
  readonly tls: Pick<TlsOptions, 'minVersion' | 'maxVersion' | 'ciphers'>;
  /** HTTP/2 is offered beside HTTP/1.1. */
  readonly http2?: boolean;
  /** Lifetime of a second certificate, for clients that want an RSA signature. */
  readonly rsaDays?: CertificateOrder['days'];
  /** Values of Strict-Transport-Security, one field each, on every answer over TLS. */
  readonly hsts: readonly string[];
  /** Answers at the plain HTTP address; `closed`: nothing listens there. */
  readonly plain: Plain | 'closed';
  /** The port that speaks TLS takes plain HTTP as well, and answers it so. */
  readonly plainOnSecurePort?: Plain;
}

/** Answers one request over plain HTTP. `api` is what answers over TLS, `secureUrl` the same address over https. */
export type Plain = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  more: { readonly api: RequestListener; readonly secureUrl: string },
) => void;

/** Sends every client to the same address over https, whatever it brings along. */
export function redirecting(status: number): Plain {
  return (_incoming, outgoing, { secureUrl }) => {
    outgoing.writeHead(status, { location: secureUrl, connection: 'close' }).end();
  };
}

/** Refuses every client with one status. */
export function refusing(status: number, headers: Readonly<Record<string, string>> = {}): Plain {
  return (_incoming, outgoing) => {
    const type = { 'content-type': 'application/json' };
    outgoing.writeHead(status, { ...type, ...headers }).end('{"error":"https_required"}');
  };
}

/** Serves the API in the clear. */
export const serving: Plain = (incoming, outgoing, { api }) => api(incoming, outgoing);

/** Lets the API answer and replaces what it says; its work has been done by then. */
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

/** TLS 1.2 and 1.3, a year of HSTS, and a redirect for whoever comes in the clear. */
export const careful: Transport = { tls: {}, hsts: ['max-age=31536000'], plain: redirecting(308) };
