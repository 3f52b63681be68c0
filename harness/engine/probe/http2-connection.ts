import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import {
  contentOf,
  fieldsOf,
  keptBodyBytes,
  type WireRequest,
  type WireResponse,
} from '../../model/index.ts';
import { mostHeaderBytes } from './answer.ts';
import { ProbeError } from './failure.ts';
import type { HttpClientOptions } from './http-client.ts';
import { addressOf, type RawConnection } from './raw-connection.ts';
import { requestTarget } from './raw-send.ts';
import { acceptEncoding, readBody } from './read-body.ts';
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
  const socket = await handshake(url, options);
  const session = connect(url.origin, {
    createConnection: () => socket,
    maxHeaderListPairs: 10_000,
    settings: { enablePush: false, maxHeaderListSize: mostHeaderBytes },
  });
  // Each of its streams reports its own result.
  session.on('error', () => undefined);
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
    const timer = setTimeout(() => socket.destroy(new ProbeError('timeout')), timeoutMs);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      if (socket.alpnProtocol === 'h2') return resolve(socket);
      reject(new ProbeError('http2-not-selected'));
      socket.destroy();
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
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

/** How the stream of a complete answer closes; a body longer than the limit is cancelled. */
const endings: readonly number[] = [constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_CANCEL];

function answerOf(stream: ClientHttp2Stream, timeoutMs: number): Promise<WireResponse> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answer = new Promise<WireResponse>((resolve, reject) => {
    let begun = false;
    timer = setTimeout(() => {
      reject(new ProbeError('timeout'));
      stream.close(constants.NGHTTP2_CANCEL);
    }, timeoutMs);
    stream.on('error', (error) => reject(clarified(error, stream.rstCode, begun)));
    const closed = new Promise<void>((close) => stream.once('close', close));
    void closed.then(() => {
      if (!begun) reject(new ProbeError('stream-refused'));
    });
    stream.on('response', (fields) => {
      begun = true;
      readAnswer(stream, fields, closed).then(resolve, reject);
    });
  });
  return answer.finally(() => clearTimeout(timer));
}

/** A stream may close before its last bytes are read, and a reset stream may look complete. */
async function readAnswer(
  stream: ClientHttp2Stream,
  fields: IncomingHttpHeaders & IncomingHttpStatusHeader,
  closed: Promise<void>,
): Promise<WireResponse> {
  const headers = Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(':') ? [] : [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );
  const read = await readBody(stream as AsyncIterable<Buffer>, headers).catch((error: Error) => {
    throw error instanceof ProbeError ? error : new ProbeError('stream-reset');
  });
  await closed;
  const isReset = !endings.includes(stream.rstCode ?? constants.NGHTTP2_NO_ERROR);
  if (isReset || isShort(read.bodyBytes, headers)) throw new ProbeError('stream-reset');
  return { status: fields[':status'] ?? 0, headers, ...read };
}

/**
 * The body of a complete answer has the announced length (RFC 9113 section 8.1.1); the decoder checks a compressed
 * body.
 */
function isShort(bytes: number, headers: WireResponse['headers']): boolean {
  const fieldOf = (wanted: string) => headers.find(([name]) => name === wanted)?.[1];
  const due = Number(fieldOf('content-length') ?? 0);
  return bytes > 0 && bytes < due && bytes <= keptBodyBytes && fieldOf('content-encoding') === undefined;
}

/** A refused stream was not processed (RFC 9113 section 8.7); a reset stream may have been. */
function clarified(error: Error, code: number | undefined, begun: boolean): Error {
  if (begun) return new ProbeError('stream-reset');
  if (code === constants.NGHTTP2_REFUSED_STREAM) return new ProbeError('stream-refused');
  return /HTTP2|GOAWAY/.test((error as NodeJS.ErrnoException).code ?? '')
    ? new ProbeError('stream-reset')
    : error;
}
