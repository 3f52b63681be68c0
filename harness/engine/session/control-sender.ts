import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../model/defined.ts';
import type { TargetConfiguration } from '../../model/index.ts';
import type { ControlSender } from '../key-control/http-control.ts';
import { describeFailure, diedBeforeResponse, metNobody } from '../probe/failure.ts';
import { createHttpClient, type HttpClientOptions } from '../probe/http-client.ts';
import { suiteName, suiteVersion } from './suite.ts';

/** What an anonymous run calls itself: a client that everybody has. */
const everybody = 'curl/8.5.0';

/** Under which name, how long and with whose certificates every request of a run is sent. */
export function senderOf({
  userAgent,
  timeoutMs,
  caFile,
  anonymous,
}: TargetConfiguration): HttpClientOptions {
  const own = anonymous === undefined ? `${suiteName}/${suiteVersion}` : everybody;
  return { userAgent: userAgent ?? own, timeoutMs, caFile, unnamed: anonymous !== undefined };
}

/** A call of key control may take no longer than this, whatever the time for a request is. */
const longestMs = 60_000;

/** Between attempts while nobody listens. */
const pausesMs = [50, 100, 200, 400, 800];

/** How long a call of key control may take. */
export function controlTimeoutMs({ timeoutMs }: Pick<TargetConfiguration, 'timeoutMs'>): number {
  return Math.min(timeoutMs, longestMs);
}

/**
 * Sends the calls of key control under the name of the suite, each on a connection of its own: a kept one that has
 * died would leave it open whether the call was carried out. They are not held back by a rate that is meant for the target.
 */
export function controlSender(options: HttpClientOptions): ControlSender {
  const client = createHttpClient(options);
  let calls = 0;
  let hasAnswered = false;
  /** What met nobody was not carried out; a server that restarts is back soon. */
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
