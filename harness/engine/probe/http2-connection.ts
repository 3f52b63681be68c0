import type { ClientHttp2Session } from 'node:http2';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { contentOf, fieldsOf, type WireRequest, type WireResponse } from '../../model/index.ts';
import { ProbeError } from './failure.ts';
import type { HttpClientOptions } from './http-client.ts';
import { answerOf, startSession } from './http2-answer.ts';
import { addressOf, type RawConnection } from './raw-connection.ts';
import { requestTarget } from './raw-send.ts';
import { acceptEncoding } from './read-body.ts';
import { startTimeLimit } from './time-limit.ts';
import { trusting } from './trust.ts';

/** A connection that several requests share. */
export type Connection = RawConnection | Http2Connection;

/** A connection over HTTP/2 (RFC 9113): each request is a separate stream. */
export interface Http2Connection {
  /** Throws an Error whose text `describeFailure` understands. */
  send(wire: WireRequest, id: string): Promise<WireResponse>;
  /** False if no more streams can be opened. */
  readonly open: boolean;
  close(): void;
}

/** Fields of HTTP/1.1 that HTTP/2 does not allow (RFC 9113 section 8.2.2). */
const ofHttp1 = ['host', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection'];

/** Connects to the host of an https URL. */
export async function openHttp2Connection(url: URL, options: HttpClientOptions): Promise<Http2Connection> {
  const session = startSession(url.origin, await handshake(url, options));
  return {
    send: (wire, id) => sendStream(session, wire, id, options),
    get open() {
      return !session.closed && !session.destroyed;
    },
    close: () => session.destroy(),
  };
}

/** Sends a request over a new connection. */
export async function sendHttp2(
  wire: WireRequest,
  id: string,
  options: HttpClientOptions,
): Promise<WireResponse> {
  const connection = await openHttp2Connection(new URL(wire.url), options);
  try {
    return await connection.send(wire, id);
  } finally {
    connection.close();
  }
}

function handshake(url: URL, { timeoutMs, caFile }: HttpClientOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ ...addressOf(url), ALPNProtocols: ['h2'], ...trusting(caFile) });
    const cancel = startTimeLimit(timeoutMs, () => socket.destroy(new ProbeError('timeout')));
    socket.once('secureConnect', () => {
      cancel();
      if (socket.alpnProtocol === 'h2') return resolve(socket);
      reject(new ProbeError('http2-not-selected'));
      socket.destroy();
    });
    socket.once('error', (error) => {
      cancel();
      reject(error);
    });
  });
}

async function sendStream(
  session: ClientHttp2Session,
  wire: WireRequest,
  id: string,
  options: HttpClientOptions,
): Promise<WireResponse> {
  // A stream that cannot be opened has not been sent, whatever the reason.
  if (session.closed || session.destroyed) throw new ProbeError('stream-refused');
  const body = contentOf(wire);
  const stream = session.request(headersOf(wire, id, options), { endStream: body === undefined });
  const answer = answerOf(stream, options.timeoutMs);
  if (body !== undefined) stream.end(body);
  return answer;
}

function headersOf(
  wire: WireRequest,
  id: string,
  { userAgent, unnamed }: HttpClientOptions,
): Readonly<Record<string, string>> {
  const { host } = new URL(wire.url);
  const fields = fieldsOf(wire, [
    ['Host', host],
    ['User-Agent', userAgent],
    ...(unnamed === true ? [] : [['X-Request-Id', id] as const]),
    ['Accept-Encoding', acceptEncoding],
  ]).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ':method': wire.method,
    ':scheme': 'https',
    ':authority': fields.find(([name]) => name === 'host')?.[1] ?? host,
    ':path': requestTarget(wire.url),
    ...Object.fromEntries(fields.filter(([name]) => !ofHttp1.includes(name))),
  };
}
