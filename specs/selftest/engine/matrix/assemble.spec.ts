import { expect, test } from '@playwright/test';
import { assemble } from '../../../../harness/engine/matrix/assemble.ts';
import type { RequestParts } from '../../../../harness/engine/matrix/requests.ts';
import type { PresentedParts } from '../../../../harness/model/index.ts';

const nothing: PresentedParts = { headers: [], query: [], json: {} };
const parts: RequestParts = { path: '/p', query: [['a', '1']], body: { b: 2 }, succeeds: true };
const json = ['Content-Type', 'application/json'];
const accept = ['Accept', 'application/json'];

test('a request is joined from what the operation needs and what the credential adds', () => {
  expect(assemble('http://x/y', 'PUT', parts, nothing)).toEqual({
    method: 'PUT',
    url: 'http://x/y/p?a=1',
    headers: [accept, json],
    body: '{"b":2}',
  });
  const presented: PresentedParts = {
    headers: [
      ['ACCEPT', 'text/html'],
      ['Authorization', 'Bearer k'],
    ],
    query: [['access_token', 'a b&c=+/']],
    json: { token: 'k' },
  };
  const url = 'http://x/p?a=1&access_token=a%20b%26c%3D%2B%2F';
  expect(assemble('http://x', 'POST', parts, presented)).toEqual({
    method: 'POST',
    url,
    headers: [json, ['ACCEPT', 'text/html'], ['Authorization', 'Bearer k']],
    body: '{"b":2,"token":"k"}',
  });
  expect(assemble('http://x', 'POST', parts, presented, String).url).toBe(
    'http://x/p?a=1&access_token=a b&c=+/',
  );
});

test('without a body there is no content type, and nothing is added to what is no object', () => {
  const presented = { ...nothing, json: { token: 'k' } };
  const bare: RequestParts = { ...parts, query: [], body: undefined };
  expect(assemble('http://x', 'GET', bare, presented)).toEqual({
    method: 'GET',
    url: 'http://x/p',
    headers: [accept],
  });
  for (const body of [[{ b: 2 }], 'text', null]) {
    expect(assemble('http://x', 'POST', { ...bare, body }, presented).body).toBe(JSON.stringify(body));
  }
});

test('raw lines and a trailer pass as they are', () => {
  const presented: PresentedParts = { ...nothing, lines: ['A : b', ' c'], trailer: 'D: e' };
  expect(assemble('http://x', 'GET', { ...parts, query: [], body: undefined }, presented)).toEqual({
    method: 'GET',
    url: 'http://x/p',
    headers: [accept],
    lines: ['A : b', ' c'],
    trailer: 'D: e',
  });
});

test('a form takes the place of the JSON body', () => {
  const presented: PresentedParts = {
    ...nothing,
    form: [
      ['access_token', 'k.k'],
      ['b', '1'],
    ],
  };
  expect(assemble('http://x', 'POST', parts, presented)).toEqual({
    method: 'POST',
    url: 'http://x/p?a=1',
    headers: [accept, ['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'access_token=k.k&b=1',
  });
});

test('a text replaces the JSON body, if there is one, and is announced as JSON', () => {
  for (const body of ['{broken', '']) {
    const made = assemble('http://x', 'POST', parts, { ...nothing, body });
    expect([made.headers, made.body]).toEqual([[accept, json], body]);
    expect(assemble('http://x', 'POST', parts, { ...nothing, untyped: true }).headers).toEqual([accept]);
  }
  expect(assemble('http://x', 'GET', { ...parts, body: undefined }, { ...nothing, body: '{' }).body).toBe(
    undefined,
  );
});

test('members of a body are repeated before or after it, in any case, and what it does not have is left out', () => {
  const own: RequestParts = { ...parts, query: [], body: { id: 'own', name: 'n' } };
  const twice = (at: 'first' | 'last', members: Record<string, string>) =>
    assemble('http://x', 'PUT', own, { ...nothing, twice: { at, members } }).body;
  expect(twice('last', { id: 'other', event_id: 'e' })).toBe('{"id":"own","name":"n","id":"other"}');
  expect(twice('first', { id: 'other' })).toBe('{"id":"other","id":"own","name":"n"}');
  expect(twice('last', { ID: 'other', EVENT_ID: 'e' })).toBe('{"id":"own","name":"n","ID":"other"}');
});
