import type { ApiRequest } from '../model.ts';
import { peek } from './decode.ts';

/**
 * A name for what a request asks for: its URL, and its body if it has one. A request that names no object of a project
 * has no name.
 */
export async function askedFor(request: ApiRequest): Promise<string | undefined> {
  const { method, path } = request;
  return method === 'GET' ? askedForByUrl(request) : `${method} ${path} ${await request.text()}`;
}

/** The URL of a GET, if it names an object. */
export function askedForByUrl({ method, path, query }: ApiRequest): string | undefined {
  const namesSomething = query.size > 0 || path.split('/').length > 3;
  return method === 'GET' && namesSomething ? `GET ${path}?${query}` : undefined;
}

/** A part of the presented key: its header, or all but its signature. */
export function partOfKey(request: ApiRequest, part: 'header' | 'content'): string | undefined {
  const token = /^bearer +(\S+)$/i.exec(request.authorization[0] ?? '')?.[1];
  const peeked = token === undefined ? undefined : peek(token);
  if (peeked === undefined) return undefined;
  return part === 'header' ? peeked.segments[0] : peeked.input;
}

/** A value that is kept for a number of milliseconds. */
export interface KeptAnswers<T> {
  get(name: string): T | undefined;
  /** Returns it and forgets it. */
  take(name: string): T | undefined;
  set(name: string, value: T): void;
}

/** Keeps values by name for this many milliseconds. */
export function keptFor<T>(milliseconds: number): KeptAnswers<T> {
  const entries = new Map<string, { readonly value: T; readonly at: number }>();
  const get = (name: string): T | undefined => {
    const found = entries.get(name);
    return found !== undefined && Date.now() - found.at < milliseconds ? found.value : undefined;
  };
  return {
    get,
    take: (name) => {
      const value = get(name);
      entries.delete(name);
      return value;
    },
    set: (name, value) => {
      entries.set(name, { value, at: Date.now() });
    },
  };
}
