import { defined } from '../../model/defined.ts';
import type { PresentedParts, WireRequest } from '../../model/index.ts';
import type { RequestParts } from './requests.ts';

/** Joins what an operation needs and what a credential adds. `encode` spells query values. */
export function assemble(
  baseUrl: string,
  method: string,
  parts: RequestParts,
  presented: PresentedParts,
  encode: (value: string) => string = encodeURIComponent,
): WireRequest {
  const query = [...parts.query, ...presented.query].map(([name, value]) => `${name}=${encode(value)}`);
  const url = `${baseUrl}${parts.path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  const body = bodyOf(parts, presented);
  const type = presented.form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const named = new Set(presented.headers.map(([name]) => name.toLowerCase()));
  const defaults: [string, string][] = [['Accept', 'application/json']];
  if (body !== undefined && presented.untyped === undefined) defaults.push(['Content-Type', type]);
  return {
    method,
    url,
    headers: [...defaults.filter(([name]) => !named.has(name.toLowerCase())), ...presented.headers],
    ...defined({ body, lines: presented.lines, trailer: presented.trailer }),
  };
}

function bodyOf(parts: RequestParts, presented: PresentedParts): string | undefined {
  if (presented.form !== undefined) {
    return presented.form.map(([name, value]) => `${name}=${value}`).join('&');
  }
  if (parts.body === undefined) return undefined;
  if (presented.body !== undefined) return presented.body;
  const { body } = parts;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return JSON.stringify(body);
  return JSON.stringify({ ...body, ...presented.json });
}
