import type { Parts, Site } from '../model.ts';
import { misconfigurations, type Row } from './rows.ts';

const injecting =
  (matcher: string) =>
  ({ writeKey }: Site): Parts => ({
    site: `@open ${matcher}\n\trequest_header @open Authorization "Bearer ${writeKey}"`,
  });

/** Adds a key by the path as sent, and changes the path afterwards. */
const respelled =
  (pattern: string, change: string) =>
  ({ writeKey }: Site): Parts => ({
    site: `@odd expression {http.request.orig_uri}.matches("${pattern}")
	route {
		request_header @odd Authorization "Bearer ${writeKey}"
		${change}
	}`,
  });

const taken = (matcher: string, source: string) => (): Parts => ({
  site: `@other ${matcher}\n\trequest_header @other Authorization "Bearer {${source}}"`,
});

const balanced =
  (policy: string) =>
  ({ node, otherNode }: Site): Parts => ({
    to: `127.0.0.1:${node} 127.0.0.1:${otherNode}`,
    proxy: `lb_policy ${policy}`,
  });

const raw: readonly Row[] = [
  [
    'merged-slashes',
    'adds a key to paths with a double slash and merges them afterwards',
    respelled('^/v1//', 'uri replace // /'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'dot-segment',
    'adds a key to paths with a segment "." and removes it afterwards',
    respelled('^/v1/[.]/', 'uri replace /./ /'),
    'presentation/path-spelling-requires-key',
  ],
  [
    'trailing-slash',
    'adds a key to paths with a slash at their end and removes it afterwards',
    respelled('^/v1/.*/$', 'uri strip_suffix /'),
    'presentation/path-spelling-requires-key',
  ],
];

const open: readonly Row[] = [
  ['version', 'adds a key to the version', injecting('path /v1/version'), 'presentation/key-required'],
  [
    'users-fetch',
    'adds a key to /v1/users/fetch',
    injecting('path /v1/users/fetch'),
    'presentation/key-required',
  ],
  [
    'events',
    'adds a key to everything below /v1/events/',
    injecting('path /v1/events/*'),
    'presentation/key-required',
  ],
];

const foreign: readonly Row[] = [
  [
    'absent',
    'adds a key if a request has none',
    injecting('not header Authorization *'),
    'presentation/key-required',
  ],
  [
    'query',
    'takes the key from the query',
    taken('query api_key=*', 'query.api_key'),
    'presentation/authorization-header-only',
  ],
  [
    'x-api-key',
    'takes the key from X-Api-Key',
    taken('header X-Api-Key *', 'header.X-Api-Key'),
    'presentation/authorization-header-only',
  ],
];

const stale: readonly Row[] = [
  ['in-turn', 'asks both nodes in turn', balanced('round_robin'), 'regeneration/revoked-key-rejected'],
  ['by-uri', 'chooses the node by the URI', balanced('uri_hash'), 'regeneration/revoked-key-rejected'],
  [
    'reads',
    'sends GET to the second node',
    ({ otherNode }) => ({ site: `@reads method GET\n\treverse_proxy @reads 127.0.0.1:${otherNode}` }),
    'regeneration/revoked-key-rejected',
  ],
];

/** Misconfigured Caddy. The Debian build has no cache. */
export const caddyWrong = misconfigurations({
  'raw-path': raw,
  'public-location': open,
  'foreign-credential': foreign,
  'stale-node': stale,
});
