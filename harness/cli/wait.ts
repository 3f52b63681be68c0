import { setTimeout as sleep } from 'node:timers/promises';
import { pathThatServesAs } from '../engine/matrix/operations/index.ts';
import { describeFailure, nextStepAfter } from '../engine/probe/failure.ts';
import { createHttpClient } from '../engine/probe/http-client.ts';
import { senderOf } from '../engine/session/control-sender.ts';
import type { TargetConfiguration } from '../model/index.ts';
import { count, inLog, oneLine } from '../report/render/text.ts';

const pauseMs = 250;

/**
 * Whether a target answers within this many seconds. If not, it says why on standard error, unless the user ended the
 * waiting.
 */
export async function isThereInTime(
  target: TargetConfiguration,
  seconds: number,
  ended?: AbortSignal,
): Promise<boolean> {
  const why = await waitForTarget(target, seconds, ended);
  if (why !== undefined && ended?.aborted !== true) process.stderr.write(inLog(`${why}\n`));
  return why === undefined;
}

/**
 * Asks a target until it gives any HTTP answer. Returns why it gave none, if the time is over or the user ended the
 * waiting. Sends no key.
 */
export async function waitForTarget(
  target: TargetConfiguration,
  seconds: number,
  ended?: AbortSignal,
): Promise<string | undefined> {
  const { baseUrl } = target;
  if (baseUrl === undefined) return undefined;
  const endMs = performance.now() + seconds * 1000;
  for (let attempt = 1; ; attempt += 1) {
    const leftMs = Math.max(1, endMs - performance.now());
    const timeoutMs = Math.ceil(Math.min(target.timeoutMs, leftMs));
    const client = createHttpClient({ ...senderOf(target), timeoutMs });
    ended?.addEventListener('abort', client.close, { once: true });
    try {
      await client.send(
        {
          method: 'GET',
          url: `${baseUrl}${pathThatServesAs('readable with any key')}`,
          headers: [['Accept', 'application/json']],
        },
        `wait-${attempt}`,
        true,
      );
      return undefined;
    } catch (error) {
      if (performance.now() + pauseMs < endMs && ended?.aborted !== true) {
        await sleep(pauseMs);
        continue;
      }
      const failure = describeFailure(error, timeoutMs);
      return `${oneLine(baseUrl)} did not answer within ${count(seconds, 'second')}: ${failure.message}; ${nextStepAfter(failure)}.`;
    } finally {
      ended?.removeEventListener('abort', client.close);
      client.close();
    }
  }
}
