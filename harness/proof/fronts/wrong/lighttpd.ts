import type { Parts, Site } from '../model.ts';
import { misconfigurations, type Row } from './rows.ts';

const setenv = ', "mod_setenv"';

const injecting =
  (condition: string, more = '') =>
  ({ writeKey }: Site): Parts => ({
    modules: setenv,
    after: `${condition} { setenv.set-request-header = ( "Authorization" => "Bearer ${writeKey}" ) }\n${more}`,
  });

const balanced =
  (balance: string) =>
  ({ node, otherNode }: Site): Parts => ({
    before: `proxy.balance = "${balance}"`,
    hosts: `( "host" => "127.0.0.1", "port" => ${node} ), ( "host" => "127.0.0.1", "port" => ${otherNode} )`,
  });

/** Sends some requests to the second node. */
const elsewhere =
  (match: string) =>
  ({ otherNode }: Site): Parts => ({
    after: `${match} { proxy.server = ( "" => ( ( "host" => "127.0.0.1", "port" => ${otherNode} ) ) ) }`,
  });

/** Maps other spellings of some paths back to the documented ones. */
const mapped = (spelled: (path: string) => string): string =>
  `proxy.header = ( "map-urlpath" => ( ${['/v1/users/profile', '/v1/users/create'].map((path) => `"${spelled(path)}" => "${path}"`).join(', ')} ) )`;

const raw: readonly Row[] = [
  [
    'upper-case',
    'adds a key to paths in upper case and writes some of them in lower case',
    injecting(
      '$HTTP["url"] =~ "^/V1/"',
      mapped((path) => path.toUpperCase()),
    ),
    'presentation/path-spelling-requires-key',
  ],
  [
    'suffix',
    'adds a key to paths that end in .json and removes the end from some of them',
    injecting(
      '$HTTP["url"] =~ "[.]json$"',
      mapped((path) => `${path}.json`),
    ),
    'presentation/path-spelling-requires-key',
  ],
  [
    'trailing-slash',
    'adds a key to paths with a slash at their end and removes it from some of them',
    injecting(
      '$HTTP["url"] =~ "^/v1/.+/$"',
      mapped((path) => `${path}/`),
    ),
    'presentation/path-spelling-requires-key',
  ],
];

const open: readonly Row[] = [
  [
    'version',
    'adds a key to the version',
    injecting('$HTTP["url"] == "/v1/version"'),
    'presentation/key-required',
  ],
  [
    'users-fetch',
    'adds a key to /v1/users/fetch',
    injecting('$HTTP["url"] == "/v1/users/fetch"'),
    'presentation/key-required',
  ],
  [
    'events',
    'adds a key to everything below /v1/events/',
    injecting('$HTTP["url"] =~ "^/v1/events/"'),
    'presentation/key-required',
  ],
];

const foreign: readonly Row[] = [
  [
    'absent',
    'adds a key if a request has none',
    injecting('$REQUEST_HEADER["Authorization"] == ""'),
    'presentation/key-required',
  ],
  [
    'query',
    'adds a key if the query has one',
    injecting('$HTTP["querystring"] =~ "(?:^|&)api_key=."'),
    'presentation/authorization-header-only',
  ],
  [
    'x-api-key',
    'adds a key if X-Api-Key has one',
    injecting('$REQUEST_HEADER["X-Api-Key"] =~ "."'),
    'presentation/authorization-header-only',
  ],
];

const stale: readonly Row[] = [
  ['in-turn', 'asks both nodes in turn', balanced('round-robin'), 'regeneration/revoked-key-rejected'],
  [
    'users',
    'sends what is below /v1/users/ to the second node',
    elsewhere('$HTTP["url"] =~ "^/v1/users/"'),
    'regeneration/revoked-key-rejected',
  ],
  [
    'reads',
    'sends GET to the second node',
    elsewhere('$HTTP["request-method"] == "GET"'),
    'regeneration/revoked-key-rejected',
  ],
];

/** Misconfigured lighttpd. In the Debian build, mod_proxy has no cache. */
export const lighttpdWrong = misconfigurations({
  'raw-path': raw,
  'public-location': open,
  'foreign-credential': foreign,
  'stale-node': stale,
});
