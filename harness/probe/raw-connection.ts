import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { WireResponse } from '../model.ts';
import { type Parsed, parseResponse } from './raw-response.ts';
import { decodeBody } from './read-body.ts';
import { trusting } from './trust.ts';

const mostBytes = 1024 * 1024;

/** A connection that sends bytes as they are, for what an HTTP client refuses to send. */
export interface RawConnection {
  /** Sends and waits for one response; throws an Error whose text `describeFailure` understands. */
  exchange(bytes: Buffer, method: string): Promise<WireResponse>;
  /** False once the target has closed it. */
  readonly open: boolean;
  close(): void;
}

/** How long connecting and each exchange may take, and whom to trust. */
export interface RawOptions {
  readonly timeoutMs: number;
  readonly caFile?: string | undefined;
}

/** Connects to the host of a URL. */
export async function openRawConnection(url: URL, options: RawOptions): Promise<RawConnection> {
  const { timeoutMs } = options;
  const socket = await connect(url, options);
  let received: Buffer = Buffer.alloc(0);
  let closed = false;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  socket.on('error', (error) => {
    failure = error;
    wake();
  });
  socket.on('close', () => {
    closed = true;
    wake();
  });

  const receive = (bytes: Buffer, method: string): Promise<Parsed> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(new Error('Timeout: no complete answer')), timeoutMs);
      const settle = (result: Parsed | Error): void => {
        clearTimeout(timer);
        wake = () => undefined;
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      wake = () => {
        try {
          const parsed = parseResponse(received, method, closed);
          if (parsed !== undefined) {
            received = parsed.rest;
            settle(parsed);
          } else if (failure !== undefined || closed) settle(diedOf(failure, received.length > 0));
          else if (received.length > mostBytes) settle(new Error('the answer is too long'));
        } catch (error) {
          settle(error instanceof Error ? error : new Error('the answer cannot be read'));
        }
      };
      if (closed) wake();
      else socket.write(bytes);
    });

  return {
    exchange: async (bytes, method) => {
      const { response, body } = await receive(bytes, method);
      return { ...response, ...(await decodeBody({ bytes: body, length: body.length }, response.headers)) };
    },
    get open() {
      return !closed;
    },
    close: () => socket.destroy(),
  };
}

/** A connection that dies after the first byte of an answer is told apart: the request is not sent again then. */
function diedOf(failure: Error | undefined, answering: boolean): Error {
  return answering ? new Error('aborted') : (failure ?? new Error('socket hang up'));
}

/** Where a URL leads, and the name that a TLS handshake asks for; an address is none (RFC 6066 section 3). */
export function addressOf({ protocol, hostname, port }: URL): {
  readonly host: string;
  readonly port: number;
  readonly servername?: string;
} {
  const host = hostname.replace(/^\[|\]$/g, '');
  const to = { host, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
  return /^[\d.:]+$/.test(host) ? to : { ...to, servername: host };
}

function connect(url: URL, { timeoutMs, caFile }: RawOptions): Promise<Socket> {
  const secure = url.protocol === 'https:';
  const { host, port, ...named } = addressOf(url);
  return new Promise((resolve, reject) => {
    const socket = secure
      ? connectTls({
          host,
          port,
          ALPNProtocols: ['http/1.1'],
          ...trusting(caFile),
          ...named,
        })
      : connectPlain({ host, port });
    const timer = setTimeout(() => socket.destroy(new Error('Timeout: no connection')), timeoutMs);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
