import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { contentOf, fieldsOf, type WireRequest, type WireResponse } from '../../model/index.ts';
import { answerTo, reading } from './answer.ts';
import { acceptEncoding } from './read-body.ts';
import { trusting } from './trust.ts';

/** Sends requests over kept-alive connections: no cookies, no redirects, no retries. */
export interface HttpClient {
  /**
   * Rejects with errors that `describeFailure` understands; their text contains nothing of the request. `fresh`: on a
   * new connection, because a kept one has just turned out to be closed.
   */
  send(wire: WireRequest, id: string, fresh?: boolean): Promise<WireResponse>;
  close(): void;
}

/** The settings of an HTTP client. */
export interface HttpClientOptions {
  readonly userAgent: string;
  /** Requests carry no request id of the suite. */
  readonly unnamed?: boolean;
  /** Milliseconds for one request, from connecting to the last byte of its answer. */
  readonly timeoutMs: number;
  /** File of certificates (PEM) to trust in addition to those of the machine. */
  readonly caFile?: string | undefined;
}

/**
 * A client over node:http. Playwright's request context was measured and rejected: it is five times as slow, and if a
 * request fails, the steps that it reports contain every request header, the key included.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const trust = trusting(options.caFile);
  const agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true, ...trust }),
  };
  const open = ({ url, method }: WireRequest, fresh: boolean): ClientRequest =>
    /^https:/i.test(url)
      ? httpsRequest(url, {
          method,
          ...reading,
          ...(fresh ? { agent: false, ...trust } : { agent: agents.https }),
        })
      : httpRequest(url, { method, ...reading, agent: fresh ? false : agents.http });

  return {
    send: async (wire, id, fresh = false) => {
      const request = open(wire, fresh);
      const answer = answerTo(request, options.timeoutMs, remembered(request));
      const defaults = [
        ['User-Agent', options.userAgent],
        ...(options.unnamed === true ? [] : [['X-Request-Id', id] as const]),
        ['Accept-Encoding', acceptEncoding],
      ] as const;
      try {
        for (const [name, value] of fieldsOf(wire, defaults)) request.setHeader(name, value);
        request.end(contentOf(wire));
      } catch (error) {
        request.destroy(error as Error);
      }
      return (await answer).response;
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** A connection is reused: only bytes that arrived since this request began are its answer. */
function remembered(request: ClientRequest): () => boolean {
  let before = 0;
  request.on('socket', (socket) => {
    before = socket.bytesRead;
  });
  return () => (request.socket?.bytesRead ?? 0) > before;
}
