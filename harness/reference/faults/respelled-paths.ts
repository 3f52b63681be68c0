import type { Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** How a faulty server reads a path. A path that it does not change is handled as usual. */
export interface Reading {
  /** The name of the scenario, in the fault's own words. */
  readonly id: string;
  /** The path that the server makes of it. */
  readonly reads: (path: string) => string;
}

const letter = (digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));
const without =
  (pattern: RegExp, by = '') =>
  (path: string): string =>
    path.replace(pattern, by);

/** Spellings that skip every check. */
export const readings: readonly Reading[] = [
  { id: 'leading-double-slash', reads: without(/^\/\/(?=v1\/)/, '/') },
  { id: 'leading-triple-slash', reads: without(/^\/\/\/(?=v1\/)/, '/') },
  { id: 'leading-dot-segment', reads: without(/^\/\.(?=\/v1\/)/) },
  { id: 'leading-parent-segment', reads: without(/^\/conformance\/\.\.(?=\/v1\/)/) },
  { id: 'parent-segment', reads: without(/^\/v1\/(?!version)\w+\/\.\.(?=\/)/, '/v1') },
  { id: 'encoded-parent-segment', reads: without(/^\/v1\/(?!version)\w+\/%2e%2e(?=\/)/i, '/v1') },
  { id: 'encoded-parent-slash', reads: without(/^\/v1\/\w+\/\.\.%2f/i, '/v1/') },
  { id: 'parent-with-parameter', reads: without(/^\/v1\/(?!version)\w+\/\.\.;[^/]*(?=\/)/, '/v1') },
  { id: 'trailing-double-slash', reads: without(/(?<=[^/])\/\/$/) },
  { id: 'trailing-dot-segment', reads: without(/\/\.$/) },
  { id: 'trailing-parent-segment', reads: without(/\/\w+\/\.\.$/) },
  { id: 'trailing-dot', reads: without(/(?<=\w)\.$/) },
  { id: 'trailing-port', reads: without(/:\d+$/) },
  { id: 'first-parameter', reads: without(/^\/v1;[^/]*(?=\/[^;]*$)/, '/v1') },
  { id: 'second-parameter', reads: without(/^(\/v1\/\w+);[^/]*(?=\/[^;]*$)/, '$1') },
  {
    id: 'every-parameter',
    reads: (path) =>
      path
        .split('/')
        .slice(1)
        .every((part) => part.includes(';'))
        ? path.replace(/;[^/]*/g, '')
        : path,
  },
  { id: 'empty-parameter', reads: without(/;$/) },
  {
    id: 'encoded-first-letter',
    reads: (path) => path.replace(/^\/%([67][0-9a-f])(?=1\/[^%]*$)/i, (_, hex: string) => `/${letter(hex)}`),
  },
  { id: 'encoded-letters', reads: (path) => (/^\/%76\d\/%/.test(path) ? unescaped(path) : path) },
  {
    id: 'double-encoded-letter',
    reads: (path) => path.replace(/%25([3-7][0-9a-f])$/i, (_, hex: string) => letter(hex)),
  },
  { id: 'encoded-last-slash', reads: without(/(?<=^\/v1\/.*)%2f(?=[^%/]+$)/i, '/') },
  { id: 'double-encoded-slash', reads: without(/%252f/i, '/') },
  { id: 'encoded-leading-slash', reads: without(/^\/%2f/i, '/') },
  { id: 'encoded-backslash', reads: without(/%5c/i, '/') },
  { id: 'overlong-slash', reads: without(/%c0%af/i, '/') },
  { id: 'encoded-tab', reads: without(/%09$/) },
  { id: 'encoded-space', reads: without(/(%20)+$/) },
  { id: 'encoded-line-feed', reads: without(/%0a$/i) },
  { id: 'encoded-hash', reads: without(/%23.*$/) },
  { id: 'encoded-question-mark', reads: without(/%3f.*$/i) },
  { id: 'encoded-trailing-slash', reads: without(/(?<=\w)%2f$/i) },
  { id: 'upper-case-first', reads: without(/^\/V1(?=\/.*[a-z])/, '/v1') },
  {
    id: 'upper-case-last',
    reads: (path) => path.replace(/(?<=^\/v1\/.*)[^/]*[A-Z][^/]*$/, (last) => last.toLowerCase()),
  },
  { id: 'static-suffix', reads: without(/(?<=[\w-]{2})\.css$/) },
  { id: 'static-file-below', reads: without(/\/[^/%]+\.css$/) },
  { id: 'zero-byte-and-suffix', reads: without(/%00\.\w+$/) },
  { id: 'from-well-known', reads: without(/^\/\.well-known\/\.\.(?=\/)/) },
  { id: 'from-health', reads: without(/^\/health\/\.\.(?=\/)/) },
  { id: 'from-static', reads: without(/^\/static\/\.\.(?=\/)/) },
  { id: 'from-docs', reads: without(/^\/docs\/\.\.(?=\/)/) },
  { id: 'from-health-encoded', reads: without(/^\/health\/%2e%2e(?=\/)/i) },
  { id: 'from-health-slash', reads: without(/^\/health\/\.\.%2f/i, '/') },
  { id: 'from-health-parameter', reads: without(/^\/health\/\.\.;[^/]*(?=\/)/) },
  { id: 'from-version', reads: without(/^\/v1\/version\/\.\.(?=\/)/, '/v1') },
  { id: 'from-version-encoded', reads: without(/^\/v1\/version\/%2e%2e(?=\/)/i, '/v1') },
  { id: 'from-version-parameter', reads: without(/^\/v1\/version\/\.\.;[^/]*(?=\/)/, '/v1') },
  { id: 'version-zero', reads: without(/^\/v0(?=\/)/, '/v1') },
  { id: 'version-two', reads: without(/^\/v2(?=\/)/, '/v1') },
  { id: 'no-version', reads: without(/^(?=\/(users|events|products|version)\b)/, '/v1') },
  { id: 'below-api', reads: without(/^\/api(?=\/v1\/)/) },
  { id: 'below-internal', reads: without(/^\/internal(?=\/v1\/)/) },
  { id: 'below-script', reads: without(/^\/index\.php(?=\/v1\/)/) },
  { id: 'raw-hash', reads: without(/#.*$/) },
];

/** Spellings that skip only the check that a key is there: a gate in front recognises operations by their text. */
export const keyless: readonly Reading[] = [
  { id: 'double-slash', reads: without(/^\/v1\/\/(?=\w)/, '/v1/') },
  { id: 'dot-segment', reads: without(/^\/v1\/\.\//, '/v1/') },
  { id: 'encoded-dot-segment', reads: without(/^\/v1\/%2e\//i, '/v1/') },
  { id: 'trailing-slash', reads: without(/(?<=\w)\/$/) },
  { id: 'upper-case', reads: (path) => (/^\/V1\/[^a-z]+$/.test(path) ? path.toLowerCase() : path) },
  {
    id: 'encoded-letter',
    reads: (path) => path.replace(/(?<=^\/v1\/[^%]*)%([3-7][0-9a-f])$/i, (_, hex: string) => letter(hex)),
  },
  { id: 'encoded-slash', reads: without(/^\/v1%2f/i, '/v1/') },
  { id: 'path-parameter', reads: without(/(?<=^[^;]*[a-z]);\w+=\w+$/) },
  { id: 'suffix', reads: without(/\.json$/) },
  { id: 'zero-byte', reads: without(/%00$/) },
];

/** Faults of servers that check the key, or its permission, only if a path is spelled as documented. */
export const respelledPaths: readonly Fault[] = [
  ...readings.map(({ id, reads }) => ({
    id: `${id}-open`,
    breaks: `Another spelling of a path is protected like the documented one: ${id.replaceAll('-', ' ')}.`,
    override: (policy: Policy): Partial<Policy> => reading(policy, reads, () => true),
  })),
  ...keyless.map(({ id, reads }) => ({
    id: `${id}-public`,
    breaks: `Another spelling of a path needs a key like the documented one: ${id.replaceAll('-', ' ')}.`,
    override: (policy: Policy): Partial<Policy> =>
      reading(policy, reads, ({ request }) => request.authorization.length === 0),
  })),
  wholeUrl('absolute-form', (authority, host) => authority === host),
  wholeUrl('absolute-form-localhost', (authority) => authority === 'localhost'),
];

function reading(policy: Policy, reads: Reading['reads'], isOpen: (call: Call) => boolean): Partial<Policy> {
  const isRead = (call: Call): boolean => reads(call.request.path) !== call.request.path;
  return {
    findOperation: (method, path, request) => policy.findOperation(method, reads(path), request),
    exempt: (call, ring) =>
      call.operation !== undefined && isRead(call) && isOpen(call) ? ring.home() : policy.exempt(call, ring),
  };
}

function wholeUrl(id: string, isOpen: (authority: string, host: string | undefined) => boolean): Fault {
  return {
    id: `${id}-open`,
    breaks: 'A whole URL as request target needs a key like its path.',
    override: (policy) => ({
      exempt: (call, ring) => {
        const { authority, headers } = call.request;
        const isFree = authority !== undefined && isOpen(authority, headers.host);
        return isFree ? ring.home() : policy.exempt(call, ring);
      },
    }),
  };
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
