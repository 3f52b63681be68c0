import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo, Socket, Server as TcpServer } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { plain, shaped, type Traits } from './traits.ts';

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** How and where a server listens. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  /** Larger header sections are answered with 431. */
  readonly maxHeaderSize: number;
  readonly traits?: Traits;
}

/** An app that can be served. */
export type ServedApp = Hono<{ Bindings: HttpBindings }>;

/** Serves an app over HTTP/1.1. `close` closes every connection at once. */
export async function listen(app: ServedApp, options: ListenOptions): Promise<RunningServer> {
  const { port, host, maxHeaderSize, traits = plain } = options;
  const adaptor = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    createServer: ((settings: ServerOptions, listener: RequestListener) =>
      createServer(settings, shaped(traits, listener))) as typeof createServer,
    serverOptions: { maxHeaderSize, keepAliveTimeout: 60_000 },
  });
  const server = adaptor as Server;
  server.on('clientError', answerClientError);
  const taken = await opened(server, port, host);
  return { url: `http://${host}:${taken}${traits.prefix}`, close: () => close(server) };
}

/** Opens a server and returns its port; throws if the port is taken. */
export async function opened(server: TcpServer, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Answers bytes that are not an HTTP message, or a head that is too large. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const line = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({ errors: [tooLarge ? 'header section too large' : 'malformed request'] });
  const head = [`HTTP/1.1 ${line}`, 'Content-Type: application/json', 'Cache-Control: no-store'];
  socket.end(
    `${[...head, `Content-Length: ${body.length}`, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`,
  );
}
