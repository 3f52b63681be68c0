import { expect, test } from '@playwright/test';
import { settled, settledWork } from '../../../../harness/engine/session/repeat.ts';
import { createRepeatLog } from '../../../../harness/engine/session/repeat-log.ts';
import type { SentRequest } from '../../../../harness/engine/session/send.ts';
import type { Session } from '../../../../harness/engine/session/session.ts';

type Settle = typeof settled;

/** How often a request is sent that always gets this answer. */
async function sends(settle: Settle, status: number, type: string, body: string, kind?: string) {
  const log = createRepeatLog();
  const session = { state: { pauseMs: 0 }, cassette: {}, repeats: log } as unknown as Session;
  const response = { status, headers: [['content-type', type]], body };
  const failure = kind === undefined ? undefined : { kind };
  let times = 0;
  await settle(session, async () => {
    times += 1;
    return { exchange: { response, failure } } as unknown as SentRequest;
  });
  return times;
}

const page = ['text/html', '<h1>No</h1>'] as const;
const json = ['application/json', '{}'] as const;

test('work is sent again after a page or an empty error, a look only after a rejection or a failure', async () => {
  const rows = [
    [200, page, 1, 1],
    [404, page, 3, 1],
    [404, json, 1, 1],
    [409, ['text/plain', ''], 3, 1],
    [403, json, 3, 3],
    [502, page, 3, 3],
  ] as const;
  for (const [status, [type, body], work, look] of rows) {
    const times = [await sends(settledWork, status, type, body), await sends(settled, status, type, body)];
    expect(times, `${status} ${type}`).toEqual([work, look]);
  }
});

test('what is too much is not sent again, whatever says so', async () => {
  for (const [type, body] of [page, json]) {
    expect(await sends(settledWork, 429, type, body), type).toBe(1);
    expect(await sends(settledWork, 404, type, body, 'rate-limited'), type).toBe(1);
  }
});
