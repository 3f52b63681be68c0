import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createSecureServer as createHttp2, type SecureServerOptions } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import {
  answerClientError,
  type ListenOptions,
  opened,
  type RunningServer,
  type ServedApp,
} from './listen.ts';
import { makeAuthority } from './tls-certificate.ts';
import { plain, shaped } from './traits.ts';
import type { Transport } from './transport.ts';

/** TLS for loopback servers, with its own authority. */
export interface Tls {
  /** The certificate (PEM) that a client must trust; `close` removes the file. */
  readonly caFile: string;
  /** The same as `listen`, over TLS. */
  listen(app: ServedApp, options: ListenOptions): Promise<RunningServer>;
  /** Opens the plain HTTP address of a server that listens at `secureUrl`. */
  listenPlain(app: ServedApp, options: ListenOptions, secureUrl: string): Promise<RunningServer>;
  close(): Promise<void>;
}

type Closable = Pick<Server, 'closeAllConnections'>;

/** A port on which nothing ever listens. */
const closedPort = 1;

/** Creates an authority and the certificates of a transport. */
export async function prepareTls(transport: Transport): Promise<Tls> {
  const authority = await makeAuthority();
  const folder = await mkdtemp(join(tmpdir(), 'mufi-reference-'));
  const caFile = join(folder, 'authority.pem');
  await writeFile(caFile, authority.cert);
  const host = '127.0.0.1';
  const certificates = [
    await authority.issue({ host, days: [-1, 1] }),
    ...(transport.rsaDays === undefined
      ? []
      : [await authority.issue({ host, days: transport.rsaDays, kind: 'rsa' })]),
  ];
  const identity = {
    cert: certificates.map(({ cert }) => cert),
    key: certificates.map(({ key }) => key),
    ...transport.tls,
  };
  return {
    caFile,
    listen: async (app, options) => {
      const { port, host: name, maxHeaderSize, traits = plain } = options;
      const api = listenerOf(app, options);
      const settings = { maxHeaderSize, keepAliveTimeout: 60_000 };
      const secure = speaking(transport, { ...settings, ...identity }, (incoming, outgoing) => {
        if (transport.hsts.length > 0) outgoing.setHeader('strict-transport-security', transport.hsts);
        api(incoming, outgoing);
      });
      secure.on('clientError', answerClientError);
      const { plainOnSecurePort: inTheClear } = transport;
      const other =
        inTheClear &&
        createHttp(settings, (incoming, outgoing) => inTheClear(incoming, outgoing, { api, secureUrl: '' }));
      const outer = other === undefined ? secure : sorting(secure, other);
      const taken = await opened(outer, port, name);
      return { url: `https://${name}:${taken}${traits.prefix}`, close: () => closed(outer, secure, other) };
    },
    listenPlain: async (app, options, secureUrl) => {
      const { host: name, maxHeaderSize, traits = plain } = options;
      const answer = transport.plain;
      if (answer === 'closed') {
        return { url: `http://${name}:${closedPort}${traits.prefix}`, close: async () => undefined };
      }
      const api = listenerOf(app, options);
      const { origin } = new URL(secureUrl);
      const server = createHttp({ maxHeaderSize }, (incoming, outgoing) =>
        answer(incoming, outgoing, { api, secureUrl: origin + (incoming.url ?? '/') }),
      );
      const taken = await opened(server, 0, name);
      return { url: `http://${name}:${taken}${traits.prefix}`, close: () => closed(server, server) };
    },
    close: () => rm(folder, { recursive: true }),
  };
}

function listenerOf(app: ServedApp, { traits = plain }: ListenOptions): RequestListener {
  return shaped(traits, getRequestListener(app.fetch, { overrideGlobalObjects: false }));
}

/** A TLS server that presents requests in the same form for every version of HTTP. */
function speaking(
  { http2 = false }: Transport,
  options: SecureServerOptions,
  listener: RequestListener,
): TcpServer & Closable {
  if (!http2) return createHttps(options, listener);
  const sockets = new Set<Socket>();
  const server = createHttp2({ ...options, allowHTTP1: true }, listener as never);
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return Object.assign(server, {
    closeAllConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  });
}

/** Passes a connection to one of two servers by its first byte: 22 begins a TLS handshake. */
function sorting(secure: TcpServer, other: TcpServer): TcpServer {
  return createTcp((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const bytes = socket.read() as Buffer | null;
      if (bytes === null) return;
      socket.unshift(bytes);
      (bytes[0] === 22 ? secure : other).emit('connection', socket);
    });
  });
}

function closed(outer: TcpServer, ...behind: readonly (Closable | undefined)[]): Promise<void> {
  return new Promise((resolve) => {
    outer.close(() => resolve());
    for (const server of behind) server?.closeAllConnections();
  });
}
