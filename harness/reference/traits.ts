import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Claims } from './model.ts';

/** What a server is like beside its policy: how it names claims, where it is, how it frames its answers. */
export interface Traits {
  /** The path below which everything is; '' is the root. */
  readonly prefix: string;
  /** Ends a connection that has been idle for so many milliseconds, without saying so before. */
  readonly idleMs?: number;
  /** Changes how answers are written to the wire. */
  readonly framing?: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  /** How keys spell what they say. */
  readonly dialect?: Dialect;
}

/** Another spelling of what a key says. */
export interface Dialect {
  readonly header: Readonly<Record<string, string>>;
  write(claims: Claims): object;
  /** Turned back; anything that is not of this dialect becomes something without the claims. */
  read(payload: unknown): unknown;
}

/** A server at the root that does nothing special. */
export const plain: Traits = { prefix: '' };

/** A listener that frames, counts idle time and looks below the prefix only. */
export function shaped(traits: Traits, listener: RequestListener): RequestListener {
  const { prefix, framing, idleMs } = traits;
  return (incoming, outgoing) => {
    // What arrives after the end has been announced is not looked at, as the client has to expect.
    if (incoming.socket.writableEnded) return;
    framing?.(incoming, outgoing);
    if (idleMs !== undefined) outgoing.once('finish', () => endWhenIdle(incoming, idleMs));
    if (prefix !== '') {
      const below = new RegExp(`^(https?://[^/]*)?${prefix}(?=[/?]|$)`, 'i');
      if (!below.test(incoming.url ?? '')) {
        outgoing.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Nothing is here</h1>');
        return;
      }
      incoming.url = incoming.url?.replace(below, '$1').replace(/^$|^(?=\?)/, '/') ?? '/';
    }
    listener(incoming, outgoing);
  };
}

/** Ends the connection unless another request has come in by then. */
function endWhenIdle({ socket }: IncomingMessage, idleMs: number): void {
  const read = socket.bytesRead;
  setTimeout(() => {
    if (socket.bytesRead === read) socket.end();
  }, idleMs).unref();
}

/** Bodies end with the connection, without a length, and the status line says HTTP/1.0. */
export function oldFraming(_incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { socket } = outgoing;
  outgoing.shouldKeepAlive = false;
  outgoing.removeHeader('transfer-encoding');
  const writeHead = outgoing.writeHead.bind(outgoing) as (status: number, fields: object) => ServerResponse;
  outgoing.writeHead = ((status: number, fields: Record<string, unknown> = {}) => {
    const { 'content-length': _length, 'Content-Length': _other, ...rest } = fields;
    return writeHead(status, rest);
  }) as typeof outgoing.writeHead;
  if (socket === null) return;
  const write = socket.write.bind(socket) as (chunk: unknown, ...rest: unknown[]) => boolean;
  socket.write = ((chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === 'string' ? chunk.replace(/^HTTP\/1\.1 /, 'HTTP/1.0 ') : chunk, ...rest)) as never;
}

/** Names of header fields are in capitals. */
export function loudFraming(_incoming: IncomingMessage, outgoing: ServerResponse): void {
  const writeHead = outgoing.writeHead.bind(outgoing) as (status: number, fields: object) => ServerResponse;
  outgoing.writeHead = ((status: number, fields: Record<string, unknown> = {}) =>
    writeHead(
      status,
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toUpperCase(), value])),
    )) as typeof outgoing.writeHead;
}
