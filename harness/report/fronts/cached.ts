import { type FrontAnswer, fieldOf } from './own.ts';

/** Header fields that caches add, and the values that mean a cached answer. */
const hits: readonly (readonly [name: string, hit: RegExp])[] = [
  ['age', /^0*[1-9]\d*$/],
  ['x-cache', /hit/i],
  ['x-cache-status', /^(hit|stale|updating|revalidated)/i],
  ['x-proxy-cache', /^hit/i],
  ['x-cache-hits', /[1-9]/],
  ['cf-cache-status', /^(hit|stale|updating|revalidated)/i],
  ['cdn-cache', /^hit/i],
  ['x-vercel-cache', /^(hit|stale)/i],
  ['cache-status', /;\s*hit\b(?!\s*=\s*\?0)/i],
  ['x-varnish', /^\d+\s+\d+$/],
];

/** The header field that suggests an answer from a cache, such as "Age: 12"; undefined if there is none. */
export function cacheFieldOf(answer: FrontAnswer): string | undefined {
  for (const [name, hit] of hits) {
    const value = fieldOf(answer, name)?.trim();
    if (value === undefined || !hit.test(value)) continue;
    const written = answer.headers.find(([candidate]) => candidate.toLowerCase() === name)?.[0] ?? name;
    return `${written}: ${value.slice(0, 80)}`;
  }
  return undefined;
}
