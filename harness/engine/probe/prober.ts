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
} from '../../model/index.ts';
import { boundaryOf, OutsideTarget } from './boundary.ts';
import { describeFailure, diedBeforeResponse, failureOf, metNobody, ProbeError } from './failure.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import { type Connection, type Http2Connection, openHttp2Connection, sendHttp2 } from './http2-connection.ts';
import { turnsOf } from './opened-in-turn.ts';
import { type Clock, createPace, type Overload, realClock } from './pace.ts';
import { createPatience } from './patience.ts';
import { createPresence, type PresenceCheck } from './presence.ts';
import { openRawConnection, type RawConnection } from './raw-connection.ts';
import { rawBytes, sendRaw } from './raw-send.ts';
import { alpnOf, lookAtTls, type TlsLook } from './tls-look.ts';

export interface ProberOptions extends HttpClientOptions {
  readonly concurrency: number;
  /** URLs that begin with this belong to the target; default: all. */
  readonly baseUrl?: string;
  /** The target has answered another prober before. */
  readonly wasThere?: boolean;
  readonly maxRequestsPerSecond: number | undefined;
  /** URLs of the target; nothing is sent outside them. */
  readonly within?: readonly string[];
  /** Default: the clock of this machine. */
  readonly clock?: Clock;
}

/** What the prober copies into the exchange. */
export interface ProbeLabel {
  readonly operation?: string;
  readonly variant: RequestVariant;
  readonly credential: CredentialLabel;
  readonly presented: readonly string[];
  readonly bad?: BadCredential;
  /** The request carries an unmodified key to a documented operation; not copied. */
  readonly unmodified?: boolean;
  /** Called for each message that is sent for this request, repetitions included; not copied. */
  readonly onSent?: (() => void) | undefined;
  /** Among waiting requests, those with the highest number go first; default 0. Not copied. */
  readonly priority?: number | undefined;
}

/** Sends requests; never throws because of the target, never follows a redirect, never keeps a cookie. */
export interface Prober {
  /** On the given connection, or on any. */
  send(wire: WireRequest, label: ProbeLabel, connection?: Connection): Promise<Exchange>;
  /**
   * A kept-alive connection for requests that must share one; throws if the target cannot be reached. It counts as a
   * request until its first request is over, so send that one soon, or close it.
   */
  connect(url: string, priority?: number): Promise<RawConnection>;
  /** The same for requests that are streams of one HTTP/2 connection. */
  connectHttp2(url: string, priority?: number): Promise<Http2Connection>;
  /** The protocol that the host of a URL selects from `h2` and `http/1.1`; undefined if no handshake succeeds. */
  alpn(url: string): Promise<string | undefined>;
  /** Tries one TLS handshake with the host of a URL. */
  handshake(url: string, offer: Handshake): Promise<TlsLook>;
  /** Allows requests to one more URL, and below it. */
  allow(url: string): void;
  /** Requests sent so far, retries included. */
  readonly requests: number;
  /** Set if the target is overloaded even at the lowest rate, or has become silent: the one cause that ends the run. */
  readonly exhausted: string | undefined;
  /** What happened to the pace of the run so far. */
  readonly overload: Overload;
  dispose(): void;
}

/** A prober with one HTTP client; opens connections when they are needed. */
export function createProber(options: ProberOptions): Prober {
  const client = createHttpClient(options);
  const boundary = boundaryOf(options.within);
  const queue = new PQueue({ concurrency: options.concurrency });
  const turns = turnsOf(queue);
  const { clock = realClock, timeoutMs } = options;
  const pace = createPace({
    maxPerSecond: options.maxRequestsPerSecond,
    clock,
  });
  const presence = createPresence({
    timeoutMs,
    clock,
    wasThere: options.wasThere ?? false,
  });
  const isTarget = (url: string): boolean => url.startsWith(options.baseUrl ?? '');
  const prefix = randomBytes(4).toString('hex');
  let named = 0;
  let requests = 0;

  const fetchOnce = async (
    wire: WireRequest,
    id: string,
    connection: Connection | undefined,
    fresh: boolean,
    onSent: ProbeLabel['onSent'],
  ): Promise<WireResponse> => {
    boundary.check(wire.url);
    requests += 1;
    onSent?.();
    if (connection !== undefined && 'send' in connection) return connection.send(wire, id);
    if (connection !== undefined) {
      return connection.exchange(
        rawBytes(wire, options.unnamed === true ? undefined : id, options.userAgent, true),
        wire.method,
      );
    }
    if (wire.version !== undefined) return sendHttp2(wire, id, options);
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
    ask: (wire, { onSent }) => fetchOnce(wire, nextId(), undefined, false, onSent).catch(() => undefined),
  });

  const sendPatiently = async (
    wire: WireRequest,
    { unmodified, onSent, priority: _priority, ...label }: ProbeLabel,
    connection?: Connection,
  ): Promise<Exchange> => {
    const id = nextId();
    let startedMs = performance.now();
    let endedMs: number | undefined;
    const finish = (rest: Pick<Exchange, 'response' | 'failure'>): Exchange => {
      return { id, ...label, request: wire, ...rest, startedMs, endedMs: endedMs ?? performance.now() };
    };
    const patient = patience.begin(wire, {
      ...label,
      onSent,
      unmodified: unmodified === true && connection === undefined,
    });
    let fresh = false;
    let absences = 0;
    let isLastTry = false;
    for (;;) {
      await pace.turn();
      const { exhausted } = pace;
      startedMs = performance.now();
      endedMs = undefined;
      if (exhausted !== undefined) return finish({ failure: exhausted });
      const { silent } = presence;
      if (silent !== undefined) return finish({ failure: failureOf('silent', silent) });
      const sentAt = clock.now();
      try {
        const response = await fetchOnce(wire, id, connection, fresh, onSent);
        endedMs = performance.now();
        if (isTarget(wire.url)) presence.answered();
        const weighed = await patient.weigh(response, sentAt, connection?.open === false);
        if (weighed !== 'again') return finish({ response, ...weighed });
      } catch (error) {
        if (error instanceof OutsideTarget) throw error;
        if (!fresh && connection === undefined && diedBeforeResponse(error)) {
          fresh = true;
          continue;
        }
        if (connection === undefined && isTarget(wire.url) && !isLastTry) {
          const met = await meeting(error, wire.url, unmodified === true, onSent);
          absences += 1;
          if (met === 'back') isLastTry = true;
          if (met === 'back' || (met === 'away' && (await presence.waitForReturn(absences - 1)))) continue;
        }
        const failure = describeFailure(error, timeoutMs);
        endedMs = performance.now();
        if (failure.kind === 'timeout' && isTarget(wire.url))
          await presence.timedOut(sentAt, () => lookAgain(onSent));
        return finish({ failure });
      }
    }
  };

  /**
   * What an error says about the target: it is away; it is there and drops this message; or it is back by now. In the
   * last case only a second attempt shows which of the first two it was.
   */
  const meeting = async (
    error: unknown,
    url: string,
    isGood: boolean,
    onSent: ProbeLabel['onSent'],
  ): Promise<'away' | 'there' | 'back'> => {
    if (metNobody(error)) return 'away';
    if (!diedBeforeResponse(error)) return 'there';
    const { witness } = patience;
    if (witness === undefined) return isGood || (await refusesConnections(url)) ? 'away' : 'there';
    try {
      await pace.turn();
      await fetchOnce(witness, nextId(), undefined, true, onSent);
      return 'back';
    } catch (failure) {
      return metNobody(failure) || diedBeforeResponse(failure) ? 'away' : 'there';
    }
  };

  const refusesConnections = async (url: string): Promise<boolean> => {
    try {
      (await openRawConnection(new URL(url), options)).close();
      return false;
    } catch (error) {
      return metNobody(error);
    }
  };

  const lookAgain = async (onSent?: () => void): Promise<PresenceCheck> => {
    const { witness } = patience;
    if (witness === undefined) return 'unclear';
    try {
      await fetchOnce(witness, nextId(), undefined, true, onSent);
      return 'answered';
    } catch (error) {
      return describeFailure(error, timeoutMs).kind === 'timeout' ? 'silent' : 'unclear';
    }
  };

  const connect = async <C>(url: string, open: () => Promise<C>): Promise<C> => {
    boundary.check(url);
    for (let attempt = 0; ; attempt += 1) {
      const { silent } = presence;
      if (silent !== undefined) throw new ProbeError('silent', `Silent: ${silent}`);
      const sentAt = clock.now();
      try {
        return await open();
      } catch (error) {
        // Nothing was sent yet, so a reset means the same as a refused connection.
        const isAbsent = (metNobody(error) || diedBeforeResponse(error)) && isTarget(url);
        if (isAbsent && (await presence.waitForReturn(attempt))) continue;
        const isSilence = describeFailure(error, timeoutMs).kind === 'timeout' && isTarget(url);
        if (isSilence) await presence.timedOut(sentAt, () => lookAgain());
        throw error;
      }
    }
  };

  return {
    send: (wire, label, connection) =>
      turns.send(() => sendPatiently(wire, label, connection), label.priority ?? 0, connection),
    handshake: (url, offer) =>
      queue.add(() => {
        boundary.check(url);
        return lookAtTls(url, offer, options);
      }),
    alpn: (url) =>
      queue.add(() => {
        boundary.check(url);
        return alpnOf(url, options);
      }),
    connect: (url, priority = 0) =>
      turns.connect(() => connect(url, () => openRawConnection(new URL(url), options)), priority),
    connectHttp2: (url, priority = 0) =>
      turns.connect(() => connect(url, () => openHttp2Connection(new URL(url), options)), priority),
    allow: (url) => boundary.allow(url),
    get requests() {
      return requests;
    },
    get exhausted() {
      return pace.exhausted?.message ?? presence.silent;
    },
    get overload() {
      return pace.overload;
    },
    dispose() {
      client.close();
    },
  };
}

/** A prober for one scenario: `requests` counts only its own requests, and they have a priority. */
export function ofOneScenario(prober: Prober, priority: number): Prober {
  let requests = 0;
  const onSent = (): void => {
    requests += 1;
  };
  return Object.create(prober, {
    send: {
      value: ((wire, label, connection) =>
        prober.send(wire, { ...label, onSent, priority }, connection)) satisfies Prober['send'],
    },
    connect: { value: ((url) => prober.connect(url, priority)) satisfies Prober['connect'] },
    connectHttp2: {
      value: ((url) => prober.connectHttp2(url, priority)) satisfies Prober['connectHttp2'],
    },
    requests: { get: () => requests },
  }) as Prober;
}
