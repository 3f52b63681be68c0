import { expect, test } from '@playwright/test';
import { judge } from '../../../../harness/engine/verdict/expectations.ts';
import { exchange, jsonResponse, operationsById } from '../../support/exchanges.ts';

const [asked, other, name] = ['foreign-id-1', 'foreign-id-2', 'conformance-event'];

/** The findings in an answer to OPTIONS that repeats its path and contains `more`. */
function found(more: object): string[] {
  const made = exchange(jsonResponse(405, { instance: `/v1/events/${asked}`, ...more }), {
    request: { method: 'OPTIONS', url: `http://host/v1/events/${asked}`, headers: [] },
  });
  const { findings } = judge('shows nothing of the project', {
    requirement: 'family/requirement',
    exchange: made,
    operation: operationsById.get('GET /v1/version')!,
    succeeds: true,
    otherProjectIds: [asked, other],
    texts: [name],
  });
  return findings.map(({ kind }) => kind);
}

test('an answer that repeats the requested path shows nothing; an id or a name next to it is a leak', () => {
  expect(found({})).toEqual([]);
  expect([found({ id: other }), found({ name })]).toEqual([['leak'], ['leak']]);
});
