import type { ClientRequest, IncomingMessage } from 'node:http';
import type { WireResponse } from '../../model/index.ts';
import { ProbeError } from './failure.ts';
import { mostHeaderBytes, readBody } from './read-body.ts';
import { startTimeLimit } from './time-limit.ts';
import { upgradedAnswer } from './upgraded-answer.ts';

/** How Node reads an answer: as tolerant as browsers and libraries. */
export const reading = { insecureHTTPParser: true, maxHeaderSize: mostHeaderBytes } as const;

/** The answer, and whether the connection can carry the next request. */
export interface ReceivedAnswer {
  readonly response: WireResponse;
  readonly keepsOpen: boolean;
}

/**
 * The final answer to a request. Interim answers are skipped, and 101 is final, but not for HTTP/2: the answer follows.
 * Rejects with an Error that `describeFailure` understands. `answerBegan`: whether any byte of the answer arrived.
 */
export function answerTo(
  request: ClientRequest,
  timeoutMs: number,
  answerBegan: () => boolean,
): Promise<ReceivedAnswer> {
  let cancel: (() => void) | undefined;
  const answer = new Promise<ReceivedAnswer>((resolve, reject) => {
    let begun: IncomingMessage | undefined;
    cancel = startTimeLimit(timeoutMs, () => {
      reject(new ProbeError('timeout'));
      request.destroy();
    });
    request.maxHeadersCount = 0;
    // A failure after the complete answer concerns the rest of the request, or bytes after the answer.
    request.on('error', (error) => {
      if (begun?.complete !== true) reject(clarified(error, answerBegan()));
    });
    request.on('response', (response) => {
      begun = response;
      const headers = pairs(response);
      readBody(response as AsyncIterable<Buffer>, headers).then(
        (body) => resolve({ response: headOf(response, headers, body), keepsOpen: keepsOpen(response) }),
        reject,
      );
    });
    for (const event of ['upgrade', 'connect'] as const) {
      request.on(event, (response, socket, head) => {
        if (response.statusCode === 101 && /^h2c$/i.test(response.headers.upgrade ?? '')) {
          upgradedAnswer(socket, head, timeoutMs).then(
            (answered) => resolve({ response: answered, keepsOpen: false }),
            reject,
          );
          return;
        }
        const nothing = { body: '', bodyBytes: 0 };
        resolve({ response: headOf(response, pairs(response), nothing), keepsOpen: false });
        socket.destroy();
      });
    }
  });
  return answer.finally(() => cancel?.());
}

function headOf(
  { statusCode }: IncomingMessage,
  headers: WireResponse['headers'],
  body: Pick<WireResponse, 'body' | 'bodyBytes' | 'bodyCut'>,
): WireResponse {
  return { status: statusCode ?? 0, headers, ...body };
}

/** RFC 9112 section 9.3. */
function keepsOpen({ httpVersion, headers, complete }: IncomingMessage): boolean {
  const options = (headers.connection ?? '').toLowerCase();
  return complete && (httpVersion === '1.0' ? /keep-alive/.test(options) : !/\bclose\b/.test(options));
}

/** What the text of an error leaves out: that the answer had begun, or that a TLS alert came instead. */
function clarified(error: Error & { rawPacket?: Buffer }, answerBegan: boolean): Error {
  const hangUp = /ECONNRESET|EPIPE|socket hang up/.test(error.message);
  if (hangUp && answerBegan) return new ProbeError('closed-early');
  const [type, major] = error.rawPacket ?? [];
  return (type === 0x15 || type === 0x16) && major === 3 ? new ProbeError('not-http-but-tls') : error;
}

function pairs({ rawHeaders }: IncomingMessage): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[index * 2] ?? '',
    rawHeaders[index * 2 + 1] ?? '',
  ]);
}
