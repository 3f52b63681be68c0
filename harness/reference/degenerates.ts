import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { brokenSockets, startBrokenSocket } from './broken-sockets.ts';
import { brokenTls, startBrokenTls } from './broken-tls.ts';
import { listen, type RunningServer } from './listen.ts';

/** A server that does not implement Mufi and gives every request the same wrong answer. */
export interface Degenerate {
  readonly id: string;
  readonly does: string;
  start(): Promise<RunningServer>;
}

const CHALLENGE = { 'www-authenticate': 'Bearer realm="mufi"' };

const answers: Readonly<Record<string, readonly [does: string, answer: (url: URL) => Response]>> = {
  'always-200': ['accepts every request', () => Response.json({})],
  'always-204': ['says only that all is well', () => new Response(null, { status: 204 })],
  'always-301': [
    'redirects every request to another host',
    () => new Response(null, { status: 301, headers: { location: 'https://elsewhere.invalid/' } }),
  ],
  'always-401': [
    'rejects every key',
    () => Response.json({ error: 'unauthorized' }, { status: 401, headers: CHALLENGE }),
  ],
  'always-403': ['forbids everything', () => Response.json({ error: 'forbidden' }, { status: 403 })],
  'always-404': ['has nothing', () => Response.json({ error: 'not_found' }, { status: 404 })],
  'always-429': [
    'asks every client to come back at once, without end',
    () => Response.json({ error: 'slow_down' }, { status: 429, headers: { 'retry-after': '0' } }),
  ],
  'always-429-later': [
    'asks every client to come back in an hour',
    () => Response.json({ error: 'slow_down' }, { status: 429, headers: { 'retry-after': '3600' } }),
  ],
  'always-500': ['fails', () => Response.json({ error: 'internal' }, { status: 500 })],
  'always-redirect': [
    'redirects every request to a login page',
    () => new Response(null, { status: 302, headers: { location: '/login' } }),
  ],
  'redirect-loop': [
    'redirects every request to itself',
    ({ pathname }) => new Response(null, { status: 307, headers: { location: pathname } }),
  ],
  'html-200': [
    'answers with a web page',
    () => new Response('<!doctype html><title>Welcome</title>', { headers: { 'content-type': 'text/html' } }),
  ],
  'empty-200': ['answers with an empty body', () => new Response(null, { status: 200 })],
  'wrong-json-200': [
    'answers with half a JSON text',
    () => new Response('{"half":', { headers: { 'content-type': 'application/json' } }),
  ],
  'wrong-gzip-200': [
    'announces a content coding that its bodies do not have',
    () => new Response('{}', { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } }),
  ],
};

/** Every server that does not implement Mufi. */
export const degenerates: readonly Degenerate[] = [
  ...Object.entries(answers).map(([id, [does, answer]]) => ({
    id,
    does,
    start: () => startAnswering(answer),
  })),
  ...Object.entries(brokenSockets).map(([id, { does, talk }]) => ({
    id,
    does,
    start: () => startBrokenSocket(talk),
  })),
  ...Object.entries(brokenTls).map(([id, { does }]) => ({
    id,
    does,
    start: () => startBrokenTls(id),
  })),
];

/** Starts one of them. */
export function startDegenerate(id: string): Promise<RunningServer> {
  const found = degenerates.find((degenerate) => degenerate.id === id);
  if (found === undefined) throw new Error(`There is no degenerate server called ${id}.`);
  return found.start();
}

function startAnswering(answer: (url: URL) => Response): Promise<RunningServer> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('*', (context) => answer(new URL(context.req.url)));
  return listen(app, { port: 0, host: '127.0.0.1', maxHeaderSize: 131_072 });
}
