import type { Parts, Site } from '../model.ts';
import { misconfigurations, type Row } from './rows.ts';

/** Caches GET although the request has a key, and ignores the caching headers of the API. */
const cached =
  (condition: string, seconds: number, hash = '') =>
  (): Parts => ({
    receive: `if (req.method == "GET" && ${condition}) { return (hash); }`,
    hash,
    response: `if (beresp.status == 200) { unset beresp.http.Cache-Control; set beresp.ttl = ${seconds}s; set beresp.grace = 0s; set beresp.uncacheable = false; return (deliver); }`,
  });

const byKey = 'hash_data(req.http.Authorization);';

const injecting =
  (condition: string, more = '') =>
  ({ writeKey }: Site): Parts => ({
    receive: `if (${condition}) { set req.http.Authorization = "Bearer ${writeKey}"; ${more} }`,
  });

const taken = (source: string, pattern: string) => (): Parts => ({
  receive: `if (${source} ~ "${pattern}") { set req.http.Authorization = "Bearer " + regsub(${source}, "${pattern}", "\\1"); }`,
});

const director =
  (kind: string, key = '') =>
  ({ otherNode }: Site): Parts => ({
    declarations: `backend second { .host = "127.0.0.1"; .port = "${otherNode}"; }
sub vcl_init {
    new nodes = directors.${kind}();
    nodes.add_backend(default${kind === 'hash' ? ', 1' : ''});
    nodes.add_backend(second${kind === 'hash' ? ', 1' : ''});
}`,
    receive: `set req.backend_hint = nodes.backend(${key});`,
  });

const caching: readonly Row[] = [
  ['everything', 'caches GET by URL', cached('true', 60), 'presentation/key-required'],
  [
    'events',
    'caches GET below /v1/events by URL',
    cached('req.url ~ "^/v1/events"', 60),
    'presentation/key-required',
  ],
  [
    'without-key-fresh',
    'caches GET by URL for requests with a key',
    cached('req.http.Authorization ~ "^Bearer .+"', 60),
    'presentation/key-required',
  ],
];

const outliving: readonly Row[] = [
  [
    'a-minute',
    'caches GET by URL and key',
    cached('req.http.Authorization', 60, byKey),
    'regeneration/linearizable',
  ],
  [
    'two-seconds',
    'caches GET by URL and key for two seconds',
    cached('req.http.Authorization', 2, byKey),
    'regeneration/linearizable',
  ],
  [
    'version',
    'caches the version by key',
    cached('req.url == "/v1/version" && req.http.Authorization', 60, byKey),
    'regeneration/linearizable',
  ],
];

const raw: readonly Row[] = [
  [
    'merged-slashes',
    'adds a key to paths with a double slash and merges them afterwards',
    injecting('req.url ~ "^/v1//"', 'set req.url = regsuball(req.url, "//+", "/");'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'lower-case',
    'adds a key to paths that do not begin with /v1/ and writes them in lower case afterwards',
    injecting('req.url ~ "^/V1/"', 'set req.url = std.tolower(req.url);'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'path-parameter',
    'adds a key to paths with a parameter and removes it afterwards',
    injecting('req.url ~ ";"', 'set req.url = regsub(req.url, ";[^?]*", "");'),
    'presentation/path-spelling-requires-key',
  ],
];

const open: readonly Row[] = [
  [
    'version',
    'adds a key to the version',
    injecting('req.url == "/v1/version"'),
    'presentation/key-required',
  ],
  [
    'users-fetch',
    'adds a key to /v1/users/fetch',
    injecting('req.url == "/v1/users/fetch"'),
    'presentation/key-required',
  ],
  [
    'events',
    'adds a key to everything below /v1/events/',
    injecting('req.url ~ "^/v1/events/"'),
    'presentation/key-required',
  ],
];

const foreign: readonly Row[] = [
  [
    'absent',
    'adds a key if a request has none',
    injecting('!req.http.Authorization'),
    'presentation/key-required',
  ],
  [
    'query',
    'takes the key from the query',
    taken('req.url', '^[^?]*\\?(?:.*&)?api_key=([^&]+).*$'),
    'presentation/authorization-header-only',
  ],
  [
    'x-api-key',
    'takes the key from X-Api-Key',
    taken('req.http.X-Api-Key', '^(.+)$'),
    'presentation/authorization-header-only',
  ],
];

const stale: readonly Row[] = [
  ['in-turn', 'asks both nodes in turn', director('round_robin'), 'regeneration/revoked-key-rejected'],
  ['by-url', 'chooses the node by the URL', director('hash', 'req.url'), 'regeneration/revoked-key-rejected'],
  [
    'reads',
    'sends GET to the second node',
    ({ otherNode }) => ({
      declarations: `backend second { .host = "127.0.0.1"; .port = "${otherNode}"; }`,
      receive: 'if (req.method == "GET") { set req.backend_hint = second; }',
    }),
    'regeneration/revoked-key-rejected',
  ],
];

/** Misconfigured Varnish. */
export const varnishWrong = misconfigurations({
  'cache-without-authorization': caching,
  'cache-outlives-revocation': outliving,
  'raw-path': raw,
  'public-location': open,
  'foreign-credential': foreign,
  'stale-node': stale,
});
