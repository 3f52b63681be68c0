import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { brokenSockets, startBrokenSocket } from './broken-sockets.ts';
import { type Listening, listen } from './listen.ts';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="mufi"' };

const ANSWERS = {
  'always-200': () => Response.json({}),
  'always-401': () => Response.json({ error: 'unauthorized' }, { status: 401, headers: CHALLENGE }),
  'always-403': () => Response.json({ error: 'forbidden' }, { status: 403 }),
  'always-404': () => Response.json({ error: 'not_found' }, { status: 404 }),
  'always-500': () => Response.json({ error: 'internal' }, { status: 500 }),
  'always-429': () => Response.json({ error: 'slow_down' }, { status: 429, headers: { 'retry-after': '0' } }),
  'always-redirect': () => new Response(null, { status: 302, headers: { location: '/login' } }),
  'html-200': () =>
    new Response('<!doctype html><title>Welcome</title>', { headers: { 'content-type': 'text/html' } }),
  'empty-200': () => new Response(null, { status: 200 }),
  'wrong-json-200': () => new Response('{"half":', { headers: { 'content-type': 'application/json' } }),
} as const satisfies Record<string, () => Response>;

/** A way of being no Mufi at all. */
export type DegenerateKind = keyof typeof ANSWERS | keyof typeof brokenSockets;

/** Every kind of server that is no Mufi at all. */
export const degenerateKinds = [
  ...Object.keys(ANSWERS),
  ...Object.keys(brokenSockets),
] as readonly DegenerateKind[];

/** Starts a server that treats every request the same wrong way. */
export function startDegenerate(kind: DegenerateKind): Promise<Listening> {
  if (!(kind in ANSWERS)) return startBrokenSocket(kind as keyof typeof brokenSockets);
  const answer = ANSWERS[kind as keyof typeof ANSWERS];
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('*', () => answer());
  return listen(app, { port: 0, host: '127.0.0.1', maxHeaderSize: 131_072 });
}
