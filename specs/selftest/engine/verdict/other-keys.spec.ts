import { expect, test } from '@playwright/test';
import { markOtherKeys } from '../../../../harness/engine/session/other-keys.ts';
import type { Session } from '../../../../harness/engine/session/session.ts';
import { exchange, jsonResponse } from '../../support/exchanges.ts';
import { fakeKey } from '../../support/keys.ts';

const [own, made] = [fakeKey(), `${fakeKey().slice(0, -20)}${'Zz09'.repeat(5)}`];
const session = {
  redactor: { made: [made] },
  state: { target: { keys: { write: { value: own } } } },
} as unknown as Session;
const request = {
  method: 'GET',
  url: 'http://host/v1/version',
  headers: [['Authorization', `Bearer ${own}`]],
} as const;

for (const [what, body, isMarked] of [
  ['nothing of a key', { version: '1' }, undefined],
  ['the presented key', { key: own }, undefined],
  ['another key', { settings: { key: made } }, true],
  ['the signature of another key', { signature: made.split('.')[2] }, true],
] as const) {
  test(`an answer that shows ${what} is ${isMarked ? '' : 'not '}marked`, () => {
    const marked = markOtherKeys(session, exchange(jsonResponse(200, body), { request }));
    expect(marked.otherKey).toBe(isMarked);
  });
}
