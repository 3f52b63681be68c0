import type { Exchange, FindingKind, Observation } from '../../../harness/model/index.ts';
import { exchange } from './exchanges.ts';

/** A redirect from an undocumented path. */
function redirected(url: string, location: string, status = 308): Exchange {
  const { operation: _, ...rest } = exchange({ status, headers: [['Location', location]] });
  return { ...rest, request: { method: 'GET', url, headers: [] } };
}

const secure = 'https://host/v1/version/';
const message = 'the answer 308 over HTTPS redirects to plain HTTP';

/** Redirects from https to http, and the observations in them. */
export const leading: readonly (readonly [
  what: string,
  Exchange,
  Observation,
  FindingKind,
  message: string,
])[] = ['http://host/v1/version', ' HTTP://elsewhere'].map((location) => [
  `a redirect from https to "${location}"`,
  redirected(secure, location),
  'no way to plain HTTP',
  'redirect',
  message,
]);

/** Redirects that show a key to nobody new. */
export const staying: readonly (readonly [what: string, Exchange])[] = [
  ['a redirect from https to https', redirected(secure, 'https://host/v1/version')],
  ['a redirect from https to a path', redirected(secure, '/v1/version')],
  ['a redirect from https to the same protocol', redirected(secure, '//http:80/v1')],
  ['a redirect from http to http', redirected('http://host/', 'http://host/v1')],
];
