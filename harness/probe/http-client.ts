import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { WireRequest, WireResponse } from '../model.ts';

/** Of a longer body this much is kept, and reading ends at the second limit; in bytes. */
const keptBytes = 1024 * 1024;
const readBytes = 8 * keptBytes;

/** Sends requests over kept-alive connections: no cookies, no redirects, no retries, no decoding. */
export interface HttpClient {
  /** Rejects with errors that `describeFailure` understands; their text holds nothing of the request. */
  send(wire: WireRequest, id: string): Promise<WireResponse>;
  close(): void;
}

/**
 * A client over node:http. Playwright's request context was measured and rejected here: it needs five times as long,
 * and the steps that it reports hold every request header, the key included, where a request fails.
 */
export function createHttpClient(options: {
  readonly userAgent: string;
  readonly timeoutMs: number;
}): HttpClient {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const open = (wire: WireRequest): ClientRequest =>
    wire.url.startsWith('https:')
      ? httpsRequest(wire.url, { method: wire.method, agent: agents.https })
      : httpRequest(wire.url, { method: wire.method, agent: agents.http });

  return {
    send: (wire, id) =>
      new Promise((resolve, reject) => {
        const request = open(wire);
        let timeout: Error | undefined;
        const timer = setTimeout(() => {
          timeout = new Error('Timeout: no complete answer');
          request.destroy(timeout);
        }, options.timeoutMs);
        const fail = (error: Error): void => {
          clearTimeout(timer);
          reject(timeout ?? (isHangUp(error) && answerBegan(request) ? new Error('aborted') : error));
        };
        request.on('error', fail);
        const defaults = {
          'User-Agent': options.userAgent,
          'X-Request-Id': id,
          'Accept-Encoding': 'identity',
        };
        try {
          for (const [name, value] of [...Object.entries(defaults), ...wire.headers])
            request.setHeader(name, value);
        } catch (error) {
          fail(error as Error);
          request.destroy();
          return;
        }
        rememberBytes(request);
        request.on('response', (response) => {
          readBody(response).then((body) => {
            clearTimeout(timer);
            resolve({ status: response.statusCode ?? 0, headers: pairs(response), ...body });
          }, fail);
        });
        request.end(wire.body === undefined ? undefined : Buffer.from(wire.body));
      }),
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const bytesBefore = new WeakMap<ClientRequest, number>();

/** A connection is used again and again: only bytes that came since this request began are its answer. */
function rememberBytes(request: ClientRequest): void {
  request.on('socket', (socket) => bytesBefore.set(request, socket.bytesRead));
}

function answerBegan(request: ClientRequest): boolean {
  return (request.socket?.bytesRead ?? 0) > (bytesBefore.get(request) ?? 0);
}

function isHangUp(error: Error): boolean {
  return /ECONNRESET|EPIPE|socket hang up/.test(error.message);
}

function pairs({ rawHeaders }: IncomingMessage): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[index * 2] ?? '',
    rawHeaders[index * 2 + 1] ?? '',
  ]);
}

async function readBody(
  response: IncomingMessage,
): Promise<Pick<WireResponse, 'body' | 'bodyBytes' | 'bodyCut'>> {
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (bodyBytes < keptBytes) chunks.push(chunk);
    bodyBytes += chunk.length;
    if (bodyBytes > readBytes) break;
  }
  const body = Buffer.concat(chunks).subarray(0, keptBytes).toString('utf8');
  return { body, bodyBytes, ...(bodyBytes > keptBytes ? { bodyCut: true } : {}) };
}
