import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import { keptBodyBytes, type WireResponse } from '../../model/index.ts';
import { ProbeError } from './failure.ts';
import { mostHeaderBytes, readBody } from './read-body.ts';
import { startTimeLimit } from './time-limit.ts';

/** Speaks HTTP/2 on a connection; each stream of the session reports its own result. */
export function startSession(origin: string, connection: Duplex): ClientHttp2Session {
  const session = connect(origin, {
    createConnection: () => connection,
    maxHeaderListPairs: 10_000,
    settings: { enablePush: false, maxHeaderListSize: mostHeaderBytes },
  });
  session.on('error', () => undefined);
  return session;
}

/** How the stream of a complete answer closes; a body longer than the limit is cancelled. */
const endings: readonly number[] = [constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_CANCEL];

/** The answer on a stream. Rejects with an Error that `describeFailure` understands. */
export function answerOf(stream: ClientHttp2Stream, timeoutMs: number): Promise<WireResponse> {
  let cancel: (() => void) | undefined;
  const answer = new Promise<WireResponse>((resolve, reject) => {
    let begun = false;
    cancel = startTimeLimit(timeoutMs, () => {
      reject(new ProbeError('timeout'));
      stream.close(constants.NGHTTP2_CANCEL);
    });
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
  return answer.finally(() => cancel?.());
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
