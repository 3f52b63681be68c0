import { matchOperation } from '../document.ts';
import type { Policy } from '../policy.ts';
import { exemptions } from './exemptions.ts';
import type { Fault } from './fault.ts';
import { methods } from './methods.ts';
import { overrides } from './overrides.ts';
import { redirecting } from './redirecting.ts';
import { respelledPaths } from './respelled-paths.ts';
import { unchecked } from './unchecked.ts';

const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];
const REWRITES = ['x-original-url', 'x-rewrite-url', 'x-forwarded-uri'];

/** Faults that let a detour around the permission check. */
export const bypasses: readonly Fault[] = [
  ...respelledPaths,
  ...redirecting,
  ...methods,
  ...overrides,
  ...exemptions,
  unchecked('permission-from-header', 'A header grants no permission.', ({ headers }) =>
    [headers['x-permission'], headers['x-role']].includes('write'),
  ),
  unchecked('permission-from-parameter', 'A parameter grants no permission.', ({ query }) =>
    [query.get('permission'), query.get('scope')].includes('write'),
  ),
  unchecked(
    'method-override-honoured',
    'An overriding method changes nothing about the permission.',
    (request) =>
      [...OVERRIDES.map((name) => request.headers[name]), request.query.get('_method')].includes('GET'),
  ),
  unchecked('original-url-honoured', 'A rewritten URL changes nothing about the permission.', (request) =>
    REWRITES.some((name) => {
      const target = request.headers[name];
      return typeof target === 'string' && matchOperation('GET', target) !== undefined;
    }),
  ),
  unchecked(
    'other-content-type-unchecked',
    'The content type changes nothing about the permission.',
    (request) => !/json/i.test(request.headers['content-type'] ?? 'application/json'),
  ),
  unchecked('multipart-unchecked', 'A multipart body changes nothing about the permission.', (request) =>
    /^multipart\//i.test(request.headers['content-type'] ?? ''),
  ),
  unchecked(
    'content-type-parameters-unchecked',
    'Parameters of the content type change nothing about the permission.',
    (request) => /^application\/json *;/i.test(request.headers['content-type'] ?? ''),
  ),
  unchecked(
    'missing-content-type-unchecked',
    'The permission is checked where no content type is announced as well.',
    (request) => request.headers['content-type'] === undefined,
  ),
  respelt('slashes-unchecked', 'A path with spare slashes gets around nothing.', (path) =>
    path.replace(/^(\/v1)\/\.?(?=\/)/, '$1').replace(/(\w)\/$/, '$1'),
  ),
  respelt('path-case-unchecked', 'A path in capitals gets around nothing.', (path) =>
    /[a-z]/.test(path) ? path : path.toLowerCase(),
  ),
  respelt('encoded-path-unchecked', 'An encoded path gets around nothing.', (path) =>
    path.replace(
      /^([^%]*)%([46][1-9a-f]|[57][0-9a])$/i,
      (_, before: string, hex: string) => before + String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  ),
  respelt('encoded-slash-unchecked', 'An encoded slash gets around nothing.', (path) =>
    path.replace(/^\/v1%2f/i, '/v1/'),
  ),
  respelt('encoded-dot-unchecked', 'An encoded dot segment gets around nothing.', (path) =>
    path.replace(/^\/v1\/%2e(?=\/)/i, '/v1'),
  ),
  respelt('zero-byte-unchecked', 'What follows a zero byte gets around nothing.', (path) =>
    path.replace(/%00$/, ''),
  ),
  respelt('suffix-unchecked', 'A suffix gets around nothing.', (path) => path.replace(/\.(json|xml)$/, '')),
  respelt('path-parameter-unchecked', 'A parameter in the path gets around nothing.', (path) =>
    path.replace(/^([^;]+);[^/;]+$/, '$1'),
  ),
];

function respelt(id: string, breaks: string, tidy: (path: string) => string): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      findOperation: (method, path, request) => policy.findOperation(method, tidy(path), request),
      mayCall: (permission, operation, request) =>
        tidy(request.path) !== request.path || policy.mayCall(permission, operation, request),
    }),
  };
}
