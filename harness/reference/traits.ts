import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Claims } from './model.ts';

/** What a server is like apart from its policy: names of claims, base path, framing of answers. */
export interface Traits {
  /** The path that the API is below; '' is the root. */
  readonly prefix: string;
  /** Closes a connection after this many idle milliseconds, without notice. */
  readonly idleMs?: number;
  /** Changes how answers are written to the wire. */
  readonly framing?: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  /** How keys spell their claims. */
  readonly dialect?: Dialect;
}

/** Another spelling of the claims of a key. */
export interface Dialect {
  readonly header: Readonly<Record<string, string>>;
  write(claims: Claims): object;
  /** Translates back; a payload of another dialect becomes one without claims. */
  read(payload: unknown): unknown;
}

/** A server at the root without special features. */
export const plain: Traits = { prefix: '' };

/** A listener that sets the framing, closes idle connections and serves only the prefix. */
export function shaped(traits: Traits, listener: RequestListener): RequestListener {
  const { prefix, framing, idleMs } = traits;
  return (incoming, outgoing) => {
    // A request that arrives after the announced end is ignored, as the client must expect.
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

/** Closes the connection unless another request arrives in time. */
function endWhenIdle({ socket }: IncomingMessage, idleMs: number): void {
  const read = socket.bytesRead;
  setTimeout(() => {
    if (socket.bytesRead === read) socket.end();
  }, idleMs).unref();
}

/** Bodies end with the connection and have no length; the status line says HTTP/1.0. */
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

/** Writes names of header fields in capitals. */
export function loudFraming(_incoming: IncomingMessage, outgoing: ServerResponse): void {
  const writeHead = outgoing.writeHead.bind(outgoing) as (status: number, fields: object) => ServerResponse;
  outgoing.writeHead = ((status: number, fields: Record<string, unknown> = {}) =>
    writeHead(
      status,
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toUpperCase(), value])),
    )) as typeof outgoing.writeHead;
}
