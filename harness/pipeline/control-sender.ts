import type { ControlSender } from '../control/http-control.ts';
import type { TargetConfiguration } from '../model.ts';
import { describeFailure } from '../probe/failure.ts';
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

/**
 * Sends the calls of key control under the name of the suite, each on a connection of its own: a kept one that has
 * died would leave it open whether the call was carried out. They are not held back by a rate that is meant for the target.
 */
export function controlSender(options: HttpClientOptions): ControlSender {
  const client = createHttpClient(options);
  let calls = 0;
  return async ({ method, url, headers, body }) => {
    calls += 1;
    const wire = { method, url, headers, ...(body === undefined ? {} : { body }) };
    try {
      return await client.send(wire, `control-${calls.toString(36)}`, true);
    } catch (error) {
      return describeFailure(error, options.timeoutMs).kind === 'timeout' ? 'late' : 'unreachable';
    }
  };
}
