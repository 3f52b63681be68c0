import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { CredentialLabel, Exchange, RequestVariant, WireRequest, WireResponse } from '../model.ts';
import { describeFailure, diedBeforeResponse } from './failure.ts';
import { createHttpClient } from './http-client.ts';
import { openRawConnection, type RawConnection } from './raw-connection.ts';
import { rawBytes, sendRaw } from './raw-send.ts';
import { retryAfterMs } from './retry-after.ts';

export interface ProberOptions {
  readonly userAgent: string;
  /** Milliseconds for one request, connection and body included. */
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** May be a fraction: the share of one of several workers. */
  readonly maxRequestsPerSecond: number | undefined;
}

/** What the prober copies into the exchange. */
export interface ProbeLabel {
  readonly operation?: string;
  readonly variant: RequestVariant;
  readonly credential: CredentialLabel;
  readonly presented: readonly string[];
}

/** Sends requests; never throws for what a target does, never follows a redirect, never keeps a cookie. */
export interface Prober {
  /** On a connection of its own choice where one is given, else on any. */
  send(wire: WireRequest, label: ProbeLabel, connection?: RawConnection): Promise<Exchange>;
  /** A kept-alive connection for requests that have to share one; throws what it cannot reach. */
  connect(url: string): Promise<RawConnection>;
  /** Requests sent so far, retries included. */
  readonly requests: number;
  dispose(): void;
}

const rateLimitTries = 4;

/** Spreads requests evenly: a tenth of a second's worth at a time, or one where the rate is low. */
function rateLimit(perSecond: number): { interval: number; intervalCap: number } {
  const cap = Math.max(1, Math.floor(perSecond / 10));
  return { interval: (1000 * cap) / perSecond, intervalCap: cap };
}

/** A prober over one HTTP client; opens connections when they are needed. */
export function createProber(options: ProberOptions): Prober {
  const client = createHttpClient(options);
  const queue = new PQueue({
    concurrency: options.concurrency,
    ...(options.maxRequestsPerSecond === undefined ? {} : rateLimit(options.maxRequestsPerSecond)),
  });
  const prefix = randomBytes(4).toString('hex');
  let requests = 0;

  const fetchOnce = async (
    wire: WireRequest,
    id: string,
    connection?: RawConnection,
  ): Promise<WireResponse> => {
    requests += 1;
    if (connection !== undefined) {
      return connection.exchange(rawBytes(wire, id, options.userAgent, true), wire.method);
    }
    if (wire.lines !== undefined) return sendRaw(wire, id, options);
    return client.send(wire, id);
  };

  const sendPatiently = async (
    wire: WireRequest,
    label: ProbeLabel,
    connection?: RawConnection,
  ): Promise<Exchange> => {
    const id = `mac-${prefix}-${(requests + 1).toString(36)}`;
    let startedMs = performance.now();
    const finish = (rest: Pick<Exchange, 'response' | 'failure'>): Exchange => {
      return { id, ...label, request: wire, ...rest, startedMs, endedMs: performance.now() };
    };
    let mayResend = true;
    for (let attempt = 0; ; attempt += 1) {
      startedMs = performance.now();
      try {
        const response = await fetchOnce(wire, id, connection);
        if (response.status !== 429) return finish({ response });
        if (attempt >= rateLimitTries) {
          const message = `the target still answers 429 after ${rateLimitTries} waits`;
          return finish({ response, failure: { kind: 'rate-limited', message } });
        }
        const value = response.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
        await sleep(retryAfterMs(value, attempt));
      } catch (error) {
        if (mayResend && diedBeforeResponse(error)) {
          mayResend = false;
          continue;
        }
        return finish({ failure: describeFailure(error, options.timeoutMs) });
      }
    }
  };

  return {
    send: (wire, label, connection) => queue.add(() => sendPatiently(wire, label, connection)),
    connect: (url) => openRawConnection(new URL(url), options.timeoutMs),
    get requests() {
      return requests;
    },
    dispose: () => client.close(),
  };
}
