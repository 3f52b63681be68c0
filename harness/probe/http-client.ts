import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { WireRequest, WireResponse } from '../model.ts';
import { acceptEncoding, readBody } from './read-body.ts';
import { trusting } from './trust.ts';

/** Sends requests over kept-alive connections: no cookies, no redirects, no retries. */
export interface HttpClient {
  /**
   * Rejects with errors that `describeFailure` understands; their text holds nothing of the request. `fresh`: on a
   * connection of its own, where a kept one has just turned out to be dead.
   */
  send(wire: WireRequest, id: string, fresh?: boolean): Promise<WireResponse>;
  close(): void;
}

/** What an HTTP client is made of. */
export interface HttpClientOptions {
  readonly userAgent: string;
  /** Milliseconds for one request, from connecting to the last byte of its answer. */
  readonly timeoutMs: number;
  /** File of certificates (PEM) that are trusted beside those of the machine. */
  readonly caFile?: string | undefined;
}

/**
 * A client over node:http. Playwright's request context was measured and rejected here: it needs five times as long,
 * and the steps that it reports hold every request header, the key included, where a request fails.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const trust = trusting(options.caFile);
  const agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true, ...trust }),
  };
  const open = ({ url, method }: WireRequest, fresh: boolean): ClientRequest =>
    /^https:/i.test(url)
      ? httpsRequest(url, { method, ...(fresh ? { agent: false, ...trust } : { agent: agents.https }) })
      : httpRequest(url, { method, agent: fresh ? false : agents.http });

  return {
    send: (wire, id, fresh = false) =>
      new Promise((resolve, reject) => {
        const request = open(wire, fresh);
        let timeout: Error | undefined;
        const timer = setTimeout(() => {
          timeout = new Error('Timeout: no complete answer');
          request.destroy(timeout);
        }, options.timeoutMs);
        const fail = (error: Error): void => {
          clearTimeout(timer);
          reject(timeout ?? clarified(error, request));
        };
        request.on('error', fail);
        const defaults = {
          'User-Agent': options.userAgent,
          'X-Request-Id': id,
          'Accept-Encoding': acceptEncoding,
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
          const headers = pairs(response);
          readBody(response as AsyncIterable<Buffer>, headers).then((body) => {
            clearTimeout(timer);
            resolve({ status: response.statusCode ?? 0, headers, ...body });
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

/** What the text of an error leaves out: that the answer had begun, or that a TLS alert stood in its place. */
function clarified(error: Error & { rawPacket?: Buffer }, request: ClientRequest): Error {
  const hangUp = /ECONNRESET|EPIPE|socket hang up/.test(error.message);
  if (hangUp && answerBegan(request)) return new Error('aborted');
  const [type, major] = error.rawPacket ?? [];
  return (type === 0x15 || type === 0x16) && major === 3 ? new Error('Parse Error: it speaks TLS') : error;
}

function pairs({ rawHeaders }: IncomingMessage): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[index * 2] ?? '',
    rawHeaders[index * 2 + 1] ?? '',
  ]);
}
