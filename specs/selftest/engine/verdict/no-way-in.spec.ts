import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { judge } from '../../../../harness/engine/verdict/expectations.ts';
import { bodyValidator } from '../../../../harness/engine/verdict/observations/schemas.ts';
import type { Exchange } from '../../../../harness/model/index.ts';

const operations = new Map(operationsOf(bundledDocument).map((operation) => [operation.id, operation]));
const event = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const [create, register, list] = [
  'POST /v1/users/create',
  'POST /v1/events/attendees/register',
  'GET /v1/events',
];

interface Row {
  readonly what: string;
  readonly operation: string;
  readonly method?: string;
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  readonly found?: string;
}

const rows: readonly Row[] = [
  {
    what: 'the success of the operation',
    operation: create,
    body: '{"message":"Created."}',
    found: 'let-in',
  },
  {
    what: 'its success with another status',
    operation: create,
    status: 202,
    body: '{"message":"x"}',
    found: 'let-in',
  },
  { what: 'the success of another operation', operation: create, body: '{"users":[],"total":0}' },
  { what: 'a page', operation: create, type: 'text/html', body: '<h1>Welcome</h1>' },
  { what: 'a text', operation: create, type: 'text/plain', body: 'ok' },
  { what: 'nothing', operation: create },
  { what: 'nothing to a DELETE', operation: list, method: 'DELETE', status: 204, found: 'let-in' },
  { what: 'nothing to a preflight', operation: create, method: 'OPTIONS', status: 204 },
  { what: 'JSON without its body to HEAD', operation: create, method: 'HEAD', found: 'let-in' },
  { what: 'a page without its body to HEAD', operation: create, method: 'HEAD', type: 'text/html' },
  { what: 'a health check, of which the document says nothing', operation: list, body: '{"status":"ok"}' },
  { what: 'a thing that was named', operation: register, body: `{"event_id":"${event}"}`, found: 'let-in' },
  { what: 'a thing that nobody named', operation: register, body: '{"id":1}' },
  {
    what: 'what belongs to the project',
    operation: list,
    body: '{"data":[{"id":"own-thing"}]}',
    found: 'let-in',
  },
  { what: 'a list under its name', operation: list, body: '{"events":[]}', found: 'let-in' },
  { what: 'that nothing has changed', operation: list, status: 304, found: 'let-in' },
  { what: 'a switch of protocols', operation: list, status: 101, found: 'let-in' },
  { what: 'a redirect', operation: list, status: 308 },
  { what: 'a host that is not served', operation: list, status: 421 },
  { what: 'a method that nobody knows', operation: list, status: 501 },
  { what: 'a version that nobody speaks', operation: list, status: 505 },
  { what: 'a failure', operation: list, status: 500, found: 'server-error' },
  { what: 'a front end that finds nobody', operation: list, status: 502, found: 'server-error' },
];

for (const {
  what,
  operation: id,
  method,
  status = 200,
  type = 'application/json',
  body = '',
  found,
} of rows) {
  test(`"no way in" takes ${what} for ${found ?? 'no success'}`, () => {
    const operation = operations.get(id)!;
    const exchange: Exchange = {
      ...{ id: 'x-1', variant: 'valid', credential: { description: 'no key' }, presented: [] },
      request: {
        method: method ?? operation.method,
        url: 'http://target/x',
        headers: [],
        body: `{"event_id":"${event}"}`,
      },
      response: { status, headers: [['Content-Type', type]], body, bodyBytes: body.length },
      startedMs: 0,
      endedMs: 1,
    };
    const { findings } = judge('no way in', {
      ...{ requirement: 'family/requirement', exchange, operation, succeeds: true },
      otherProjectIds: ['own-thing'],
      validate: bodyValidator(bundledDocument),
    });
    expect(findings.map(({ kind }) => kind)).toEqual(found === undefined ? [] : [found]);
  });
}

test('TRACE may repeat everything but the key', () => {
  const operation = operations.get(list)!;
  const key = 'header-header.payload-payload.signature-signature';
  const said = (body: string): readonly string[] =>
    judge('key not repeated', {
      ...{ requirement: 'family/requirement', operation, succeeds: true, otherProjectIds: [] },
      exchange: {
        ...{ id: 'x-1', variant: 'valid', credential: { description: 'a key' }, presented: [key] },
        request: { method: 'TRACE', url: 'http://target/x', headers: [] },
        response: { status: 200, headers: [], body, bodyBytes: body.length },
        startedMs: 0,
        endedMs: 1,
      },
    }).findings.map(({ kind, level }) => `${kind} ${level}`);
  expect(said('TRACE /x HTTP/1.1\r\nHost: target')).toEqual([]);
  expect(said(`TRACE /x HTTP/1.1\r\nAuthorization: Bearer ${key}`)).toEqual(['leak SHOULD']);
});
