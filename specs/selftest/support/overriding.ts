import type { Exchange, WireRequest } from '../../../harness/model/index.ts';
import { exchange } from './exchanges.ts';

const request = (...headers: (readonly [string, string])[]): WireRequest => ({
  method: 'GET',
  url: 'http://host/v1/version',
  headers,
});

/** Requests that name another method or path than their request line; a framework may use that one. */
const overriding: readonly (readonly [what: string, WireRequest])[] = [
  ['a method in a header', request(['X-HTTP-Method-Override', 'GET'])],
  ['a method in a shorter header', request(['x-http-method', 'GET'])],
  ['a path in a header', request(['X-Original-URL', '/v1/version'])],
  ['a method in the query', { ...request(), url: 'http://host/v1/version?_method=GET' }],
  ['a method in a body', { ...request(), method: 'POST', body: '{"_method":"PUT"}' }],
  ['a method in a form', { ...request(), method: 'POST', body: 'a=1&_method=PUT' }],
];

/** The answer of a router to them, with its own page. */
export const routed: readonly (readonly [what: string, Exchange])[] = overriding.flatMap(([what, sent]) =>
  [404, 405].map((status): [string, Exchange] => [
    `a router's ${status} to ${what}`,
    exchange(
      { status, body: '<h1>Not Found</h1>', headers: [['content-type', 'text/html']] },
      { request: sent },
    ),
  ]),
);
