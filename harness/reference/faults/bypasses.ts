import { matchOperation } from '../document.ts';
import type { Policy } from '../policy.ts';
import { exemptions } from './exemptions.ts';
import type { Fault } from './fault.ts';
import { formOf, isForm } from './form-body.ts';
import { methods } from './methods.ts';
import { otherGrants } from './other-grants.ts';
import { overrides } from './overrides.ts';
import { redirecting } from './redirecting.ts';
import { respelledPaths } from './respelled-paths.ts';
import { unchecked } from './unchecked.ts';
import { ungatedWrites } from './ungated.ts';

const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];
const REWRITES = ['x-original-url', 'x-rewrite-url', 'x-forwarded-uri'];
const FORWARDED = ['x-forwarded-uri', 'x-original-uri', 'x-envoy-original-path', 'x-forwarded-path'];
const jsonTypes = [
  ['json-api', 'application/vnd.api+json'],
  ['merge-patch', 'application/merge-patch+json'],
  ['json-lines', 'application/x-ndjson'],
] as const;

/** Faults that let requests bypass the permission check. */
export const bypasses: readonly Fault[] = [
  ...respelledPaths,
  ...redirecting,
  ...methods,
  ...overrides,
  ...exemptions,
  ...otherGrants,
  ...ungatedWrites,
  unchecked('permission-from-header', 'No header grants a permission.', ({ headers }) =>
    [headers['x-permission'], headers['x-role']].includes('write'),
  ),
  unchecked('permission-from-parameter', 'No parameter grants a permission.', ({ query }) =>
    [query.get('permission'), query.get('scope')].includes('write'),
  ),
  unchecked('method-override-honoured', 'A method override does not change the permission.', (request) =>
    [...OVERRIDES.map((name) => request.headers[name]), request.query.get('_method')].includes('GET'),
  ),
  unchecked('original-url-honoured', 'A rewritten URL does not change the permission.', (request) =>
    REWRITES.some((name) => {
      const target = request.headers[name];
      return typeof target === 'string' && matchOperation('GET', target) !== undefined;
    }),
  ),
  unchecked('forwarded-method-honoured', 'The method of a proxy does not change the permission.', (request) =>
    ['x-forwarded-method', 'x-original-method'].some((name) => request.headers[name] === 'GET'),
  ),
  unchecked('forwarded-path-honoured', 'The path of a proxy does not change the permission.', (request) =>
    FORWARDED.some((name) => matchOperation('GET', String(request.headers[name])) !== undefined),
  ),
  unchecked(
    'read-in-query-unchecked',
    'The path of a read in a query does not change the permission.',
    (request) =>
      [...request.query.values()].some(
        (value) => matchOperation('POST', value)?.operation.permission === 'read',
      ),
  ),
  unchecked(
    'other-content-type-unchecked',
    'The content type does not change the permission.',
    (request) => !/json/i.test(request.headers['content-type'] ?? 'application/json'),
  ),
  {
    id: 'form-fields-unchecked',
    breaks: 'The permission is checked for forms too.',
    override: (policy) => ({
      exempt: async (call, ring) => {
        if (isForm(call.request)) call.body = await formOf(call);
        return policy.exempt(call, ring);
      },
      mayCall: (permission, operation, request) =>
        isForm(request) || policy.mayCall(permission, operation, request),
    }),
  },
  unchecked('multipart-unchecked', 'A multipart body does not change the permission.', (request) =>
    /^multipart\//i.test(request.headers['content-type'] ?? ''),
  ),
  unchecked(
    'content-type-parameters-unchecked',
    'Parameters of the content type do not change the permission.',
    (request) => /^application\/json *;/i.test(request.headers['content-type'] ?? ''),
  ),
  ...jsonTypes.map(([id, type]) =>
    unchecked(
      `${id}-unchecked`,
      `The content type ${type} does not change the permission.`,
      (request) => request.headers['content-type'] === type,
    ),
  ),
  unchecked(
    'missing-content-type-unchecked',
    'The permission is checked without a content type too.',
    (request) => request.headers['content-type'] === undefined,
  ),
  respelt('slashes-unchecked', 'Extra slashes in a path do not bypass the check.', (path) =>
    path.replace(/^(\/v1)\/\.?(?=\/)/, '$1').replace(/(\w)\/$/, '$1'),
  ),
  respelt('path-case-unchecked', 'A path in capitals does not bypass the check.', (path) =>
    /[a-z]/.test(path) ? path : path.toLowerCase(),
  ),
  respelt('upper-case-id-unchecked', 'An id in capitals does not bypass the check.', (path) =>
    path.replace(/(?<=\/)[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}(?=\/)/, (id) => id.toLowerCase()),
  ),
  respelt('encoded-path-unchecked', 'An encoded path does not bypass the check.', (path) =>
    path.replace(
      /^([^%]*)%([46][1-9a-f]|[57][0-9a])$/i,
      (_, before: string, hex: string) => before + String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  ),
  respelt('encoded-slash-unchecked', 'An encoded slash does not bypass the check.', (path) =>
    path.replace(/^\/v1%2f/i, '/v1/'),
  ),
  respelt('encoded-dot-unchecked', 'An encoded dot segment does not bypass the check.', (path) =>
    path.replace(/^\/v1\/%2e(?=\/)/i, '/v1'),
  ),
  respelt('zero-byte-unchecked', 'Text after a zero byte does not bypass the check.', (path) =>
    path.replace(/%00$/, ''),
  ),
  respelt('suffix-unchecked', 'A suffix does not bypass the check.', (path) =>
    path.replace(/\.(json|xml)$/, ''),
  ),
  respelt('path-parameter-unchecked', 'A parameter in the path does not bypass the check.', (path) =>
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
