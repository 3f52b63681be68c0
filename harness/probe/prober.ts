import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { createHold } from './hold.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import { openRawConnection, type RawConnection } from './raw-connection.ts';
import { rawBytes, sendRaw } from './raw-send.ts';
import { retryAfterMs } from './retry-after.ts';
import { lookAtTls, type TlsLook } from './tls-look.ts';

export interface ProberOptions extends HttpClientOptions {
  readonly concurrency: number;
  /** May be a fraction: the share of one of several workers. */
  readonly maxRequestsPerSecond: number | undefined;
  /** File through which several workers obey one Retry-After. */
  readonly holdFile?: string | undefined;
}

/** What the prober copies into the exchange. */
export interface ProbeLabel {
  readonly operation?: string;
  readonly variant: RequestVariant;
  readonly credential: CredentialLabel;
  readonly presented: readonly string[];
  readonly bad?: BadCredential;
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
  dispose(): void;
}

const rateLimitTries = 4;

/** Spreads requests evenly: a tenth of a second's worth at a time, or one where the rate is low. */
function turns(perSecond: number): () => Promise<void> {
  const cap = Math.max(1, Math.floor(perSecond / 10));
  const gate = new PQueue({ interval: (1000 * cap) / perSecond, intervalCap: cap, strict: true });
  return () => gate.add(() => undefined);
}

/** Why a rate-limited request is not sent again: what is asked for goes beyond the time of one request. */
function givenUp(
  status: number,
  attempt: number,
  askedMs: number,
  waitedMs: number,
  timeoutMs: number,
): string | undefined {
  if (attempt >= rateLimitTries) return `the target still answers ${status} after ${rateLimitTries} waits`;
  if (askedMs > timeoutMs)
    return `the target answers ${status} and asks to wait ${Math.ceil(askedMs / 1000)} s, longer than MUFI_TIMEOUT_MS allows`;
  return waitedMs > timeoutMs ? `the target answers ${status} for longer than MUFI_TIMEOUT_MS` : undefined;
}

/** A prober over one HTTP client; opens connections when they are needed. */
export function createProber(options: ProberOptions): Prober {
  const client = createHttpClient(options);
  const queue = new PQueue({ concurrency: options.concurrency });
  const rate = options.maxRequestsPerSecond;
  const turn = rate === undefined ? undefined : turns(rate);
  const hold = createHold(options.holdFile);
  const prefix = randomBytes(4).toString('hex');
  let named = 0;
  let requests = 0;

  /** Waits for a turn at a time at which the target wants requests. */
  const ready = async (): Promise<void> => {
    do {
      for (let wait = hold.until() - Date.now(); wait > 0; wait = hold.until() - Date.now())
        await sleep(wait);
      await turn?.();
    } while (hold.until() > Date.now());
  };

  const fetchOnce = async (
    wire: WireRequest,
    id: string,
    connection: RawConnection | undefined,
    fresh: boolean,
  ): Promise<WireResponse> => {
    requests += 1;
    if (connection !== undefined) {
      return connection.exchange(rawBytes(wire, id, options.userAgent, true), wire.method);
    }
    if (wire.lines !== undefined) return sendRaw(wire, id, options);
    return client.send(wire, id, fresh);
  };

  const sendPatiently = async (
    wire: WireRequest,
    label: ProbeLabel,
    connection?: RawConnection,
  ): Promise<Exchange> => {
    named += 1;
    const id = `mac-${prefix}-${named.toString(36)}`;
    let startedMs = performance.now();
    const finish = (rest: Pick<Exchange, 'response' | 'failure'>): Exchange => {
      return { id, ...label, request: wire, ...rest, startedMs, endedMs: performance.now() };
    };
    let fresh = false;
    let waitedMs = 0;
    for (let attempt = 0; ; attempt += 1) {
      await ready();
      startedMs = performance.now();
      try {
        const response = await fetchOnce(wire, id, connection, fresh);
        const value = response.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
        // A gateway may limit with 503, which is a failure of the server where it names no time to come back.
        const limited = response.status === 429 || (response.status === 503 && value !== undefined);
        if (!limited) return finish({ response });
        const waitMs = retryAfterMs(value, attempt);
        waitedMs += waitMs;
        const asked = value === undefined ? 0 : waitMs;
        const message = givenUp(response.status, attempt, asked, waitedMs, options.timeoutMs);
        if (message !== undefined) return finish({ response, failure: { kind: 'rate-limited', message } });
        hold.extend(Date.now() + waitMs);
      } catch (error) {
        if (!fresh && connection === undefined && diedBeforeResponse(error)) {
          fresh = true;
          continue;
        }
        return finish({ failure: describeFailure(error, options.timeoutMs) });
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
    dispose: () => client.close(),
  };
}
