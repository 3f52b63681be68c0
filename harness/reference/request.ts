import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { ApiRequest } from './model.ts';
import { storedIn } from './stored-zstd.ts';

/** The Hono context of this server. */
export type ServerContext = Context<{ Bindings: HttpBindings }>;

/** The request as it was on the wire. */
export function readRequest(context: ServerContext): ApiRequest {
  const { incoming } = context.env;
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const sentMethod = incoming.method ?? 'GET';
  let read: Promise<string> | undefined;
  const body = (): Promise<string> => {
    read ??= text(decoded(incoming));
    return read;
  };
  return {
    method: sentMethod === 'HEAD' ? 'GET' : sentMethod,
    sentMethod,
    path: pathOf(mark < 0 ? target : target.slice(0, mark)),
    authority: /^https?:\/\/([^/?]*)/i.exec(target)?.[1],
    version: incoming.httpVersion,
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers: withHost(incoming.headers),
    rawHeaders: incoming.rawHeaders,
    authorization: linesOf(incoming, 'authorization'),
    connection: connectionOf(incoming),
    text: body,
    trailers: async () => {
      await body();
      return incoming.trailers;
    },
  };
}

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** Over HTTP/2 the host is in its own field (RFC 9113 section 8.3.1). */
function withHost(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { ':authority': authority } = headers;
  return typeof authority === 'string' ? { host: authority, ...headers } : headers;
}

/** Each HTTP/2 stream has a socket object of its own; streams of one connection share the session. */
function connectionOf(incoming: IncomingMessage): object {
  const { stream } = incoming as IncomingMessage & Partial<Pick<Http2ServerRequest, 'stream'>>;
  return stream?.session ?? incoming.socket;
}

/** The content of a message, decompressed. A broken coding ends in an error, like a body that is not JSON. */
function decoded(incoming: IncomingMessage): Readable {
  const { 'content-encoding': coding = '' } = incoming.headers;
  if (coding === 'zstd') return storedIn(incoming);
  return coding in decoders ? incoming.pipe(decoders[coding as keyof typeof decoders]()) : incoming;
}

function pathOf(target: string): string {
  const absolute = /^https?:\/\/[^/]*(\/.*)?$/i.exec(target);
  return absolute === null ? target : (absolute[1] ?? '/');
}

function linesOf(incoming: IncomingMessage, name: string): string[] {
  const lines: string[] = [];
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    if (incoming.rawHeaders[index]?.toLowerCase() === name) lines.push(incoming.rawHeaders[index + 1] ?? '');
  }
  return lines;
}
