import type { Parts, Site } from '../model.ts';
import { misconfigurations, type Row } from './rows.ts';

/** A cache that follows `location` and ignores the caching headers of the API. */
const cached =
  (location: string, more: Parts = {}) =>
  ({ scratch }: Site): Parts => ({
    http: `proxy_cache_path ${scratch}/cache keys_zone=answers:1m; ${more.http ?? ''}`,
    server: more.server ?? '',
    location: `proxy_cache answers; proxy_ignore_headers Cache-Control; ${location}`,
  });

/** A separate location that adds a key to requests. */
const injecting =
  (match: string, more = '') =>
  ({ node, writeKey }: Site): Parts => ({
    server: `location ${match} { ${more} proxy_pass http://127.0.0.1:${node}; proxy_set_header Authorization "Bearer ${writeKey}"; }`,
  });

/** Sets Authorization by a map from the request; a request that the map does not match keeps its own. */
const mapped =
  (source: string, map: (key: string) => string, more: Parts = {}) =>
  ({ writeKey }: Site): Parts => ({
    ...more,
    http: `map_hash_bucket_size 4096; variables_hash_max_size 4096; map ${source} $key { default $http_authorization; ${map(writeKey)} }`,
    location: `proxy_set_header Authorization $key; ${more.location ?? ''}`,
  });

/** Balances requests over both nodes; the second does not learn of revocations. */
const balanced =
  (rule: string) =>
  ({ node, otherNode }: Site): Parts => ({
    http: `upstream nodes { ${rule} server 127.0.0.1:${node}; server 127.0.0.1:${otherNode}; }`,
    pass: 'http://nodes',
  });

const caching: readonly Row[] = [
  [
    'by-url',
    'caches GET by URL',
    cached('proxy_cache_key $request_uri; proxy_cache_valid 200 1h;'),
    'presentation/key-required',
  ],
  [
    'by-url-after-auth-request',
    'checks the key with auth_request and then serves GET from a cache by URL',
    (site) =>
      cached('auth_request /check; proxy_cache_key $request_uri; proxy_cache_valid 200 1h;', {
        server: `location = /check { internal; proxy_pass http://127.0.0.1:${site.node}/v1/version; proxy_pass_request_body off; proxy_set_header Content-Length ""; }
    error_page 401 @refused;
    location @refused { internal; default_type application/json; add_header WWW-Authenticate Bearer always; return 401 '{"error":"unauthorized"}'; }`,
      })(site),
    'isolation/nothing-foreign-by-name',
  ],
  [
    'posts-by-body',
    'caches GET and POST by URL and body',
    cached(
      'proxy_cache_methods GET POST; proxy_cache_key $request_uri$request_body; proxy_cache_valid 200 1h;',
    ),
    'presentation/key-required',
  ],
];

const outliving: readonly Row[] = [
  [
    'an-hour',
    'caches GET by URL and key for an hour',
    cached('proxy_cache_key $request_uri$http_authorization; proxy_cache_valid 200 1h;'),
    'regeneration/linearizable',
  ],
  [
    'two-seconds',
    'caches GET by URL and key for two seconds',
    cached('proxy_cache_key $request_uri$http_authorization; proxy_cache_valid 200 2s;'),
    'regeneration/linearizable',
  ],
  [
    'posts',
    'caches POST by URL, key and body',
    cached(
      'proxy_cache_methods POST; proxy_cache_key $request_uri$http_authorization$request_body; proxy_cache_valid 200 1h;',
    ),
    'regeneration/caches-forget-at-once',
  ],
];

const raw: readonly Row[] = [
  [
    'merged-slashes',
    'adds a key to paths that do not begin with /v1/ and merges slashes afterwards',
    (site) => ({
      ...mapped('$request_uri', (key) => `"~^(?!/v1/)" "Bearer ${key}"; "~^/v1//" "Bearer ${key}";`)(site),
      pass: `http://127.0.0.1:${site.node}$uri`,
    }),
    'presentation/path-spelling-requires-key',
  ],
  [
    'decoded',
    'adds a key to paths with a percent sign and decodes them afterwards',
    (site) => ({
      ...mapped('$request_uri', (key) => `"~%[0-9a-f]" "Bearer ${key}";`)(site),
      pass: `http://127.0.0.1:${site.node}$uri`,
    }),
    'presentation/path-spelling-requires-key',
  ],
  [
    'trailing-slash',
    'adds a key to paths with a slash at their end and removes it',
    ({ node, writeKey }) => ({
      server: `location ~ ^(/v1/.+)/$ { proxy_pass http://127.0.0.1:${node}$1; proxy_set_header Authorization "Bearer ${writeKey}"; }`,
    }),
    'presentation/path-spelling-requires-key',
  ],
];

const open: readonly Row[] = [
  ['version', 'adds a key to GET /v1/version', injecting('= /v1/version'), 'presentation/key-required'],
  [
    'users-fetch',
    'adds a key to /v1/users/fetch',
    injecting('= /v1/users/fetch'),
    'presentation/key-required',
  ],
  [
    'events',
    'adds a key to everything below /v1/events/',
    injecting('/v1/events/'),
    'presentation/key-required',
  ],
];

const foreign: readonly Row[] = [
  [
    'absent',
    'adds a key if a request has none',
    mapped('$http_authorization', (key) => `"" "Bearer ${key}";`),
    'presentation/key-required',
  ],
  [
    'query',
    'takes the key from the query',
    mapped('$arg_api_key', () => '"~.+" "Bearer $arg_api_key";'),
    'presentation/authorization-header-only',
  ],
  [
    'x-api-key',
    'takes the key from X-Api-Key',
    mapped('$http_x_api_key', () => '"~.+" "Bearer $http_x_api_key";'),
    'presentation/authorization-header-only',
  ],
];

const stale: readonly Row[] = [
  ['in-turn', 'asks both nodes in turn', balanced(''), 'regeneration/revoked-key-rejected'],
  ['by-path', 'chooses the node by the path', balanced('hash $uri;'), 'regeneration/revoked-key-rejected'],
  [
    'reads',
    'sends GET to the second node',
    ({ node, otherNode }) => ({
      http: `map $request_method $node { default 127.0.0.1:${node}; GET 127.0.0.1:${otherNode}; }`,
      pass: 'http://$node',
    }),
    'regeneration/revoked-key-rejected',
  ],
];

/** Misconfigured nginx. */
export const nginxWrong = misconfigurations({
  'cache-without-authorization': caching,
  'cache-outlives-revocation': outliving,
  'raw-path': raw,
  'public-location': open,
  'foreign-credential': foreign,
  'stale-node': stale,
});
