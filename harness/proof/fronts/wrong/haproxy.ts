import type { Parts, Site } from '../model.ts';
import { misconfigurations, type Row } from './rows.ts';

/**
 * A cache for the requests that match an ACL. It ignores the key during the lookup, and the caching headers of the API.
 */
const cached =
  (seconds: number, acl: string, byKey = false) =>
  (): Parts => ({
    sections: `cache answers\n    total-max-size 4\n    max-age ${seconds}\n`,
    frontend: `acl cached ${acl}
    http-request set-var(txn.key) req.fhdr(authorization)
    http-request set-var(txn.uri) url
    ${byKey ? 'http-request set-query key=%[req.fhdr(authorization),sha1,hex] if cached' : ''}
    http-request del-header Authorization if cached
    http-request cache-use answers if cached
    http-response set-header Cache-Control max-age=${seconds} if { var(txn.uri) -m found } { status 200 }
    http-response cache-store answers`,
    backend: `http-request set-header Authorization %[var(txn.key)] if { var(txn.key) -m found }
    http-request set-uri %[var(txn.uri)]`,
  });

const injecting =
  (acl: string) =>
  ({ writeKey }: Site): Parts => ({
    frontend: `http-request set-header Authorization "Bearer ${writeKey}" if ${acl}`,
  });

/** Adds a key by the path as sent, and changes the path afterwards. */
const respelled =
  (acl: string, change: string) =>
  ({ writeKey }: Site): Parts => ({
    frontend: `http-request set-header Authorization "Bearer ${writeKey}" if ${acl}\n    http-request set-path ${change}`,
  });

const taken = (source: string) => (): Parts => ({
  frontend: `http-request set-header Authorization "Bearer %[${source}]" if { ${source} -m found }`,
});

const balanced =
  (rule: string) =>
  ({ otherNode }: Site): Parts => ({ backend: `${rule}\n    server second 127.0.0.1:${otherNode}` });

const caching: readonly Row[] = [
  ['everything', 'caches GET by URL', cached(60, 'method GET'), 'presentation/key-required'],
  [
    'events',
    'caches GET below /v1/events by URL',
    cached(60, 'path_beg /v1/events'),
    'presentation/key-required',
  ],
  ['version', 'caches the version', cached(60, 'path /v1/version'), 'presentation/key-required'],
];

const outliving: readonly Row[] = [
  ['a-minute', 'caches GET by URL and key', cached(60, 'method GET', true), 'regeneration/linearizable'],
  [
    'two-seconds',
    'caches GET by URL and key for two seconds',
    cached(2, 'method GET', true),
    'regeneration/linearizable',
  ],
  ['version', 'caches the version by key', cached(60, 'path /v1/version', true), 'regeneration/linearizable'],
];

const raw: readonly Row[] = [
  [
    'merged-slashes',
    'adds a key to paths with a double slash and merges them afterwards',
    respelled('{ path_sub // }', '%[path,regsub(//,/,g)]'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'decoded',
    'adds a key to paths with a percent sign and decodes them afterwards',
    respelled('{ path_sub % }', '%[path,url_dec]'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'lower-case',
    'adds a key to paths that do not begin with /v1/ and writes them in lower case afterwards',
    respelled('!{ path_beg /v1/ }', '%[path,lower] if { path_reg ^/V }'),
    'presentation/path-spelling-requires-key',
  ],
];

const open: readonly Row[] = [
  ['version', 'adds a key to the version', injecting('{ path /v1/version }'), 'presentation/key-required'],
  [
    'users-fetch',
    'adds a key to /v1/users/fetch',
    injecting('{ path /v1/users/fetch }'),
    'presentation/key-required',
  ],
  [
    'events',
    'adds a key to everything below /v1/events/',
    injecting('{ path_beg /v1/events/ }'),
    'presentation/key-required',
  ],
];

const foreign: readonly Row[] = [
  [
    'absent',
    'adds a key if a request has none',
    injecting('!{ req.fhdr(authorization) -m found }'),
    'presentation/key-required',
  ],
  [
    'query',
    'takes the key from the query',
    taken('url_param(api_key)'),
    'presentation/authorization-header-only',
  ],
  [
    'cookie',
    'takes the key from a cookie',
    taken('req.cook(token)'),
    'presentation/authorization-header-only',
  ],
];

const stale: readonly Row[] = [
  ['in-turn', 'asks both nodes in turn', balanced('balance roundrobin'), 'regeneration/revoked-key-rejected'],
  ['by-uri', 'chooses the node by the URI', balanced('balance uri'), 'regeneration/revoked-key-rejected'],
  [
    'reads',
    'sends GET to the second node',
    ({ otherNode }) => ({
      sections: `backend reads\n    server second 127.0.0.1:${otherNode}\n`,
      frontend: 'use_backend reads if METH_GET',
    }),
    'regeneration/revoked-key-rejected',
  ],
];

/** Misconfigured HAProxy. */
export const haproxyWrong = misconfigurations({
  'cache-without-authorization': caching,
  'cache-outlives-revocation': outliving,
  'raw-path': raw,
  'public-location': open,
  'foreign-credential': foreign,
  'stale-node': stale,
});
