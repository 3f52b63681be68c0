import { defined } from '../../model/defined.ts';
import type { JsonValue, PresentedParts, WireRequest } from '../../model/index.ts';
import type { RequestParts } from './requests.ts';

/** Combines what an operation needs and what a credential adds. `encode` spells the names and values of a query. */
export function assemble(
  baseUrl: string,
  method: string,
  parts: RequestParts,
  presented: PresentedParts,
  encode: (value: string) => string = encodeValue,
): WireRequest {
  const query = [...parts.query, ...presented.query].map(
    ([name, value]) => `${encode(name)}=${encode(value)}`,
  );
  const url = `${baseUrl}${parts.path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  const body = bodyOf(parts, presented);
  const isForm = presented.form !== undefined || presented.asForm === true;
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  const named = new Set(presented.headers.map(([name]) => name.toLowerCase()));
  const defaults: [string, string][] = [['Accept', 'application/json']];
  if (body !== undefined && presented.untyped === undefined) defaults.push(['Content-Type', type]);
  const { coding } = presented;
  if (body !== undefined && coding !== undefined && coding !== 'chunked')
    defaults.push(['Content-Encoding', coding]);
  return {
    method,
    url,
    headers: [...defaults.filter(([name]) => !named.has(name.toLowerCase())), ...presented.headers],
    ...defined({
      body,
      lines: presented.lines,
      trailer: presented.trailer,
      requestLine: presented.requestLine?.replaceAll(
        /\{(method|lower-method|target|url|origin)\}/g,
        (_, name: string) => ({ method, 'lower-method': method.toLowerCase() })[name] ?? partOf(url, name),
      ),
    }),
    ...(body === undefined ? {} : defined({ coding: presented.coding })),
  };
}

function bodyOf(parts: RequestParts, presented: PresentedParts): string | undefined {
  if (presented.form !== undefined) {
    return presented.form.map(([name, value]) => `${name}=${value}`).join('&');
  }
  if (parts.body === undefined) return undefined;
  if (presented.body !== undefined) return presented.body;
  const { body } = parts;
  if (presented.asForm === true) return formOf(body, presented.json);
  if (Array.isArray(body)) {
    const { members } = presented;
    const isObject = (entry: unknown): entry is object => typeof entry === 'object' && entry !== null;
    return JSON.stringify(body.map((entry) => (isObject(entry) ? { ...entry, ...members } : entry)));
  }
  if (typeof body !== 'object' || body === null) return JSON.stringify(body);
  return withTwice(
    JSON.stringify({ ...body, ...presented.json, ...presented.members }),
    body,
    presented.twice,
  );
}

/** The text of an object with some of its members repeated, before or after the others. */
function withTwice(text: string, body: object, twice: PresentedParts['twice']): string {
  const own = Object.keys(body).map((name) => name.toLowerCase());
  const again = Object.entries(twice?.members ?? {}).filter(([name]) => own.includes(name.toLowerCase()));
  if (twice === undefined || again.length === 0) return text;
  const [members, more] = [text, JSON.stringify(Object.fromEntries(again))].map((one) => one.slice(1, -1));
  return twice.at === 'first' ? `{${more},${members}}` : `{${members},${more}}`;
}

/** A slash is not a delimiter in a query (RFC 3986 section 3.4), so a value that is a path stays readable. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replace(/^%2F/, '/');
}

/** The URL, its path and query as they are spelled, or the part before them. */
function partOf(url: string, name: string): string {
  if (name === 'url') return url;
  const origin = /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
  return name === 'origin' ? origin : url.slice(origin.length) || '/';
}

function formOf(body: JsonValue, more: PresentedParts['json']): string {
  const members = Array.isArray(body) ? body[0] : body;
  const fields = Object.entries({ ...(members as object), ...more });
  return new URLSearchParams(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  ).toString();
}
