import { randomBytes } from 'node:crypto';
import PQueue from 'p-queue';
import type {
  BadCredential,
  CredentialLabel,
  Exchange,
  Handshake,
  RequestVariant,
  WireRequest,
  WireResponse,
} from '../model.ts';
import { describeFailure, diedBeforeResponse } from './failure.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import { type Clock, createPace, type Overload, realClock } from './pace.ts';
import { createPatience } from './patience.ts';
import { openRawConnection, type RawConnection } from './raw-connection.ts';
import { rawBytes, sendRaw } from './raw-send.ts';
import { lookAtTls, type TlsLook } from './tls-look.ts';

export interface ProberOptions extends HttpClientOptions {
  readonly concurrency: number;
  /** Of all workers that share the file together. */
  readonly maxRequestsPerSecond: number | undefined;
  /** File through which several workers keep one pace. */
  readonly holdFile?: string | undefined;
  /** How many workers share it; 1 is the default. */
  readonly workers?: number;
  /** Default: the time of this machine. */
  readonly clock?: Clock;
}

/** What the prober copies into the exchange. */
export interface ProbeLabel {
  readonly operation?: string;
  readonly variant: RequestVariant;
  readonly credential: CredentialLabel;
  readonly presented: readonly string[];
  readonly bad?: BadCredential;
  /** The request carries a key as it is to a documented operation; not copied. */
  readonly unmodified?: boolean;
}

/** Sends requests; never throws for what a target does, never follows a redirect, never keeps a cookie. */
export interface Prober {
  /** On a connection of its own choice where one is given, else on any. */
  send(wire: WireRequest, label: ProbeLabel, connection?: RawConnection): Promise<Exchange>;
  /** A kept-alive connection for requests that have to share one; throws what it cannot reach. */
  connect(url: string): Promise<RawConnection>;
  /** Tries one TLS handshake with the host of a URL. */
  handshake(url: string, offer: Handshake): Promise<TlsLook>;
  /** Requests sent so far, retries included. */
  readonly requests: number;
  /** Set once the target refuses at the slowest pace too: the one cause for which the run ends. */
  readonly exhausted: string | undefined;
  /** What all workers were told about their pace so far. */
  readonly overload: Overload;
  dispose(): void;
}

/** A prober over one HTTP client; opens connections when they are needed. */
export function createProber(options: ProberOptions): Prober {
  const client = createHttpClient(options);
  const queue = new PQueue({ concurrency: options.concurrency });
  const { clock = realClock, workers = 1, timeoutMs } = options;
  const pace = createPace({
    file: options.holdFile,
    workers,
    maxPerSecond: options.maxRequestsPerSecond,
    clock,
  });
  const prefix = randomBytes(4).toString('hex');
  let named = 0;
  let requests = 0;

  const fetchOnce = async (
    wire: WireRequest,
    id: string,
    connection: RawConnection | undefined,
    fresh: boolean,
  ): Promise<WireResponse> => {
    requests += 1;
    if (connection !== undefined) {
      return connection.exchange(
        rawBytes(wire, options.unnamed === true ? undefined : id, options.userAgent, true),
        wire.method,
      );
    }
    if (wire.lines !== undefined) return sendRaw(wire, id, options);
    return client.send(wire, id, fresh);
  };

  const nextId = (): string => {
    named += 1;
    return `mac-${prefix}-${named.toString(36)}`;
  };
  const patience = createPatience({
    pace,
    clock,
    timeoutMs,
    ask: (wire) => fetchOnce(wire, nextId(), undefined, false).catch(() => undefined),
  });

  const sendPatiently = async (
    wire: WireRequest,
    { unmodified, ...label }: ProbeLabel,
    connection?: RawConnection,
  ): Promise<Exchange> => {
    const id = nextId();
    let startedMs = performance.now();
    let endedMs: number | undefined;
    const finish = (rest: Pick<Exchange, 'response' | 'failure'>): Exchange => {
      return { id, ...label, request: wire, ...rest, startedMs, endedMs: endedMs ?? performance.now() };
    };
    const patient = patience.begin(wire, {
      ...label,
      unmodified: unmodified === true && connection === undefined,
    });
    let fresh = false;
    for (;;) {
      await pace.turn();
      const { exhausted } = pace;
      startedMs = performance.now();
      endedMs = undefined;
      if (exhausted !== undefined) return finish({ failure: { kind: 'rate-limited', message: exhausted } });
      const sentAt = clock.now();
      try {
        const response = await fetchOnce(wire, id, connection, fresh);
        endedMs = performance.now();
        const weighed = await patient.weigh(response, sentAt, connection?.open === false);
        if (weighed !== 'again') return finish({ response, ...weighed });
      } catch (error) {
        if (!fresh && connection === undefined && diedBeforeResponse(error)) {
          fresh = true;
          continue;
        }
        return finish({ failure: describeFailure(error, timeoutMs) });
      }
    }
  };

  return {
    send: (wire, label, connection) => queue.add(() => sendPatiently(wire, label, connection)),
    handshake: (url, offer) => queue.add(() => lookAtTls(url, offer, options)),
    connect: (url) => openRawConnection(new URL(url), options),
    get requests() {
      return requests;
    },
    get exhausted() {
      return pace.exhausted;
    },
    get overload() {
      return pace.overload;
    },
    dispose() {
      client.close();
      pace.close();
    },
  };
}
