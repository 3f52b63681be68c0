import type { Parts, Site } from '../model.ts';
import { misconfigurations, type Row } from './rows.ts';

/** A cache below a path that ignores the caching headers of the API. */
const cached =
  (path: string, seconds: number, more = '') =>
  ({ scratch }: Site): Parts => ({
    load: 'cache cache_disk',
    host: `CacheRoot ${scratch}
  CacheEnable disk "${path}"
  CacheQuickHandler off
  CacheIgnoreCacheControl On
  CacheIgnoreQueryString Off
  CacheDefaultExpire ${seconds}
  CacheMinExpire ${seconds}
  CacheMaxExpire ${seconds}
  Header set Cache-Control "public, max-age=${seconds}" "expr=%{REQUEST_STATUS} == 200"
  ${more}`,
  });

const injecting =
  (path: string) =>
  ({ writeKey }: Site): Parts => ({
    host: `<Location "${path}">\n    RequestHeader set Authorization "Bearer ${writeKey}"\n  </Location>`,
  });

/** Adds a key by the request line as sent; httpd normalises the path afterwards. */
const respelled =
  (pattern: string, more = '') =>
  ({ writeKey }: Site): Parts => ({
    host: `${more}\n  RequestHeader set Authorization "Bearer ${writeKey}" "expr=%{THE_REQUEST} =~ m#${pattern}#"`,
  });

const taken = (source: string) => (): Parts => ({
  host: `RequestHeader set Authorization "expr=Bearer %{HTTP:${source}}" "expr=-n %{HTTP:${source}}"`,
});

const balanced =
  (method: string) =>
  ({ node, otherNode }: Site): Parts => ({
    load: `proxy_balancer slotmem_shm lbmethod_${method}`,
    host: `<Proxy "balancer://nodes">
    BalancerMember "http://127.0.0.1:${node}"
    BalancerMember "http://127.0.0.1:${otherNode}"
    ProxySet lbmethod=${method}
  </Proxy>`,
    pass: 'ProxyPass "/" "balancer://nodes/"',
  });

const caching: readonly Row[] = [
  ['everything', 'caches GET by URL', cached('/', 60), 'presentation/key-required'],
  ['events', 'caches GET below /v1/events by URL', cached('/v1/events', 60), 'presentation/key-required'],
  ['version', 'caches the version', cached('/v1/version', 60), 'presentation/key-required'],
];

const outliving: readonly Row[] = [
  [
    'a-minute',
    'caches GET by URL and key',
    cached('/', 60, 'Header merge Vary Authorization'),
    'regeneration/linearizable',
  ],
  [
    'two-seconds',
    'caches GET by URL and key for two seconds',
    cached('/', 2, 'Header merge Vary Authorization'),
    'regeneration/linearizable',
  ],
  [
    'version',
    'caches the version by key',
    cached('/v1/version', 60, 'Header merge Vary Authorization'),
    'regeneration/linearizable',
  ],
];

const raw: readonly Row[] = [
  [
    'merged-slashes',
    'adds a key to paths with a double slash and merges them afterwards',
    respelled(' /v1//'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'decoded',
    'adds a key to paths with a percent-encoded letter and decodes them afterwards',
    respelled('%[4-7][0-9a-f][ ?]'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'upper-case',
    'adds a key to paths that do not begin with /v1/ and writes some of them in lower case',
    respelled(
      ' /V1/',
      `RewriteEngine on
  RewriteRule ^/V1/USERS/PROFILE$ /v1/users/profile [PT]
  RewriteRule ^/V1/USERS/CREATE$ /v1/users/create [PT]`,
    ),
    'presentation/path-spelling-requires-key',
  ],
];

const open: readonly Row[] = [
  ['version', 'adds a key to the version', injecting('/v1/version'), 'presentation/key-required'],
  ['users-fetch', 'adds a key to /v1/users/fetch', injecting('/v1/users/fetch'), 'presentation/key-required'],
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
    ({ writeKey }) => ({ host: `RequestHeader setifempty Authorization "Bearer ${writeKey}"` }),
    'presentation/key-required',
  ],
  [
    'query',
    'takes the key from the query',
    () => ({
      host: `RewriteEngine on
  RewriteCond %{QUERY_STRING} (?:^|&)api_key=([^&]+)
  RewriteRule .* - [E=KEY:%1]
  RequestHeader set Authorization "Bearer %{KEY}e" env=KEY`,
    }),
    'presentation/authorization-header-only',
  ],
  ['x-api-key', 'takes the key from X-Api-Key', taken('X-Api-Key'), 'presentation/authorization-header-only'],
];

const stale: readonly Row[] = [
  ['in-turn', 'asks both nodes in turn', balanced('byrequests'), 'regeneration/revoked-key-rejected'],
  [
    'by-traffic',
    'asks the node that has sent fewer bytes',
    balanced('bytraffic'),
    'regeneration/revoked-key-rejected',
  ],
  [
    'reads',
    'sends GET to the second node',
    ({ otherNode }) => ({
      host: `RewriteEngine on
  RewriteCond %{REQUEST_METHOD} =GET
  RewriteRule ^/(.*)$ http://127.0.0.1:${otherNode}/$1 [P]`,
    }),
    'regeneration/revoked-key-rejected',
  ],
];

/** Misconfigured Apache httpd. */
export const apacheWrong = misconfigurations({
  'cache-without-authorization': caching,
  'cache-outlives-revocation': outliving,
  'raw-path': raw,
  'public-location': open,
  'foreign-credential': foreign,
  'stale-node': stale,
});
