import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { WireResponse } from '../../model/index.ts';
import { ProbeError } from './failure.ts';
import { Incoming } from './incoming.ts';
import { startTimeLimit } from './time-limit.ts';
import { trusting } from './trust.ts';

/** A connection that sends bytes unchanged, for what an HTTP client does not send. */
export interface RawConnection {
  /** Sends and waits for one response; throws an Error whose text `describeFailure` understands. */
  exchange(bytes: Buffer, method: string, pause?: Pause): Promise<WireResponse>;
  /** False if the target has closed it. */
  readonly open: boolean;
  close(): void;
}

/** The bytes from `at` on are sent later. */
export interface Pause {
  readonly at: number;
  readonly until: Promise<unknown>;
}

/** Time limits for connecting and for each exchange, and which certificates to trust. */
export interface RawOptions {
  readonly timeoutMs: number;
  readonly caFile?: string | undefined;
}

/** Connects to the host of a URL. */
export async function openRawConnection(url: URL, options: RawOptions): Promise<RawConnection> {
  const socket = await connect(url, options);
  let open = true;
  let answer: Incoming | undefined;
  const end = (error?: Error): void => {
    open = false;
    answer?.finish(error);
  };
  socket.on('data', (chunk: Buffer) => {
    // Bytes that nobody asked for would be read as the next answer.
    if (answer === undefined) socket.destroy();
    else answer.arrive(chunk);
  });
  socket.on('end', () => end());
  socket.on('error', end);
  socket.on('close', () => end(new ProbeError('closed-unanswered', 'socket hang up')));

  return {
    exchange: async (bytes, method, pause) => {
      if (!open) throw new ProbeError('closed-unanswered', 'socket hang up');
      const incoming = new Incoming((sent) => socket.write(sent));
      answer = incoming;
      socket.write(bytes.subarray(0, pause?.at));
      void pause?.until.then(() => {
        if (!socket.destroyed) socket.write(bytes.subarray(pause.at));
      });
      try {
        const { response, keepsOpen } = await incoming.answer(method, options.timeoutMs);
        if (!keepsOpen || incoming.holdsMore) socket.destroy();
        return response;
      } catch (error) {
        socket.destroy();
        throw error;
      } finally {
        answer = undefined;
        open &&= !socket.destroyed;
      }
    },
    get open() {
      return open;
    },
    close: () => socket.destroy(),
  };
}

/**
 * Where a URL leads, and the server name for a TLS handshake; an IP address is not a server name (RFC 6066 section 3).
 */
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
    const cancel = startTimeLimit(timeoutMs, () => socket.destroy(new ProbeError('timeout')));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      cancel();
      resolve(socket);
    });
    socket.once('error', (error) => {
      cancel();
      reject(error);
    });
  });
}

/** The same connection with another way to send. It keeps its turn and closes together with the original. */
export function changedConnection(
  connection: RawConnection,
  exchange: RawConnection['exchange'],
): RawConnection {
  return Object.create(connection, { exchange: { value: exchange } }) as RawConnection;
}
