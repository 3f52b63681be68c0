import { expect } from '@playwright/test';
import type { Recorder } from './cli.ts';

/** Asks a target for something that it has to return. */
export async function ask(url: string, key: string, path: string, body?: object, method?: string) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v1/${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${path} is answered ${answer.status}`).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

/** How often each object without a list was created, by the answers. */
export function madeSoFar({ seen }: Recorder): { events: number; products: number; items: number } {
  const count = (path: RegExp): number =>
    seen.filter((request) => request.method === 'POST' && path.test(request.path) && request.status < 300)
      .length;
  return {
    events: count(/^\/v1\/events\/create$/),
    products: count(/^\/v1\/products$/),
    items: count(/^\/v1\/products\/[^/]+\/items$/),
  };
}
