import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../model/defined.ts';
import type { TargetConfiguration } from '../../model/index.ts';
import type { ControlSender } from '../key-control/http-control.ts';
import { describeFailure, diedBeforeResponse, metNobody } from '../probe/failure.ts';
import { createHttpClient, type HttpClientOptions } from '../probe/http-client.ts';
import { suiteName, suiteVersion } from './suite.ts';

/** The User-Agent of an anonymous run: a client that everybody uses. */
const everybody = 'curl/8.5.0';

/** The User-Agent, time limit and trusted certificates for every request of a run. */
export function senderOf({
  userAgent,
  timeoutMs,
  caFile,
  anonymous,
}: TargetConfiguration): HttpClientOptions {
  const own = anonymous === undefined ? `${suiteName}/${suiteVersion}` : everybody;
  return { userAgent: userAgent ?? own, timeoutMs, caFile, unnamed: anonymous !== undefined };
}

/** The time limit of a call of key control, independent of the time limit of a request. */
const longestMs = 60_000;

/** Milliseconds between attempts while nothing listens. */
const pausesMs = [50, 100, 200, 400, 800];

/** The time limit for a call of key control. */
export function controlTimeoutMs({ timeoutMs }: Pick<TargetConfiguration, 'timeoutMs'>): number {
  return Math.min(timeoutMs, longestMs);
}

/**
 * Sends the calls of key control with the name of the suite, each on a new connection: if a kept connection failed, it
 * would be unknown whether the call was carried out. The rate limit of the target does not apply to them.
 */
export function controlSender(options: HttpClientOptions): ControlSender {
  const client = createHttpClient(options);
  let calls = 0;
  let hasAnswered = false;
  /** If nothing listened, the call was not carried out; a restarting server is back soon. */
  const oncePresent = async <T>(call: () => Promise<T>): Promise<T> => {
    for (const pauseMs of hasAnswered ? pausesMs : []) {
      try {
        return await call();
      } catch (error) {
        if (!metNobody(error)) throw error;
        await sleep(pauseMs);
      }
    }
    return call();
  };
  return async ({ method, url, headers, body }) => {
    calls += 1;
    const wire = { method, url, headers, ...defined({ body }) };
    const id = `control-${calls.toString(36)}`;
    try {
      const response = await oncePresent(() => client.send(wire, id, true));
      hasAnswered = true;
      return { status: response.status, body: response.body, isCut: response.bodyCut };
    } catch (error) {
      const { kind, message } = describeFailure(error, options.timeoutMs);
      if (kind === 'timeout') return 'late';
      return kind === 'unreachable' || diedBeforeResponse(error) ? 'unreachable' : { broken: message };
    }
  };
}
