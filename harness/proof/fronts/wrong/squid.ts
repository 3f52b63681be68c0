import type { Parts, Site } from '../model.ts';
import { misconfigurations, type Row } from './rows.ts';

const injecting =
  (acl: string) =>
  ({ writeKey }: Site): Parts => ({
    more: `acl open ${acl}
request_header_access Authorization deny open
request_header_add Authorization "Bearer ${writeKey}" open`,
  });

/** Takes the key from another field and replaces Authorization with it. */
const taken = (field: string) => (): Parts => ({
  more: `acl other req_header ${field} .
request_header_access Authorization deny other
request_header_add Authorization "Bearer %{${field}}>h" other`,
});

const second = ({ otherNode }: Site, options: string): string =>
  `cache_peer 127.0.0.1 parent ${otherNode} 0 no-query originserver name=second login=PASSTHRU ${options}`;

const open: readonly Row[] = [
  [
    'version',
    'adds a key to the version',
    injecting('urlpath_regex ^/v1/version$'),
    'presentation/key-required',
  ],
  [
    'users-fetch',
    'adds a key to /v1/users/fetch',
    injecting('urlpath_regex ^/v1/users/fetch$'),
    'presentation/key-required',
  ],
  [
    'events',
    'adds a key to everything below /v1/events/',
    injecting('urlpath_regex ^/v1/events/'),
    'presentation/key-required',
  ],
];

const foreign: readonly Row[] = [
  [
    'absent',
    'adds a key if a request has none',
    ({ writeKey }) => ({
      more: `acl known req_header Authorization .\nrequest_header_add Authorization "Bearer ${writeKey}" !known`,
    }),
    'presentation/key-required',
  ],
  [
    'x-access-token',
    'takes the key from X-Access-Token',
    taken('X-Access-Token'),
    'presentation/authorization-header-only',
  ],
  ['x-api-key', 'takes the key from X-Api-Key', taken('X-Api-Key'), 'presentation/authorization-header-only'],
];

const stale: readonly Row[] = [
  [
    'in-turn',
    'asks both nodes in turn',
    (site) => ({ peer: 'round-robin', more: `${second(site, 'round-robin')}\nnever_direct allow all` }),
    'regeneration/revoked-key-rejected',
  ],
  [
    'by-url',
    'chooses the node by the URL',
    (site) => ({ peer: 'carp', more: `${second(site, 'carp')}\nnever_direct allow all` }),
    'regeneration/revoked-key-rejected',
  ],
  [
    'reads',
    'sends GET to the second node',
    (site) => ({
      top: `acl reads method GET`,
      more: `${second(site, '')}
cache_peer_access second allow reads
cache_peer_access second deny all
never_direct allow all`,
      first: 'cache_peer_access first deny reads',
    }),
    'regeneration/revoked-key-rejected',
  ],
];

/**
 * Misconfigured Squid. It caches no answer to a request with Authorization unless the API allows it, and it cannot
 * change a path without another program.
 */
export const squidWrong = misconfigurations({
  'public-location': open,
  'foreign-credential': foreign,
  'stale-node': stale,
});
