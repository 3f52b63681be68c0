import { afterFirst, type PathRow, start } from './path-row.ts';

/** Where a path begins: below what looks public, in another version, as a whole URL. */
export const starts: readonly PathRow[] = [
  // From a path that looks public, and from one that a read key may use.
  {
    id: 'from-well-known',
    title: 'the path leaves /.well-known with ".."',
    spelling: { replace: start, by: '/.well-known/..' },
    before: true,
  },
  {
    id: 'from-health',
    title: 'the path leaves /health with ".."',
    spelling: { replace: start, by: '/health/..' },
    before: true,
  },
  {
    id: 'from-static',
    title: 'the path leaves /static with ".."',
    spelling: { replace: start, by: '/static/..' },
    before: true,
  },
  {
    id: 'from-docs',
    title: 'the path leaves /docs with ".."',
    spelling: { replace: start, by: '/docs/..' },
    before: true,
  },
  {
    id: 'from-health-encoded',
    title: 'the path leaves /health with a percent-encoded ".."',
    spelling: { replace: start, by: '/health/%2e%2e' },
    before: true,
  },
  {
    id: 'from-health-slash',
    title: 'the path leaves /health with "..%2f"',
    spelling: { replace: '^/', by: '/health/..%2f' },
    before: true,
  },
  {
    id: 'from-health-parameter',
    title: 'the path leaves /health with "..;"',
    spelling: { replace: start, by: '/health/..;' },
    before: true,
  },
  {
    id: 'from-version',
    title: 'the path leaves /v1/version with ".."',
    spelling: { replace: afterFirst, by: '/version/..' },
  },
  {
    id: 'from-version-encoded',
    title: 'the path leaves /v1/version with a percent-encoded ".."',
    spelling: { replace: afterFirst, by: '/version/%2e%2e' },
  },
  {
    id: 'from-version-parameter',
    title: 'the path leaves /v1/version with "..;"',
    spelling: { replace: afterFirst, by: '/version/..;' },
  },
  // Other versions of the API, and the same one elsewhere.
  {
    id: 'version-zero',
    title: 'the path has the version v0',
    spelling: { replace: '^/[^/]+', by: '/v0' },
    before: true,
  },
  {
    id: 'version-two',
    title: 'the path has the version v2',
    spelling: { replace: '^/[^/]+', by: '/v2' },
    before: true,
  },
  {
    id: 'no-version',
    title: 'the path has no version',
    spelling: { replace: '^/[^/]+(?=/)', by: '' },
    before: true,
  },
  {
    id: 'below-api',
    title: 'the path is below /api',
    spelling: { replace: start, by: '/api' },
    before: true,
  },
  {
    id: 'below-internal',
    title: 'the path is below /internal',
    spelling: { replace: start, by: '/internal' },
    before: true,
  },
  {
    id: 'below-script',
    title: 'the path follows that of a script, /index.php',
    spelling: { replace: start, by: '/index.php' },
    before: true,
  },
  // Other forms of the request target.
  {
    id: 'absolute-form',
    title: 'the request target is the whole URL',
    requestLine: '{method} {url} HTTP/1.1',
    catches: ['version-public', 'data-in-401'],
    catchesRead: ['permission-ignored', 'put-unchecked'],
    before: true,
  },
  {
    id: 'absolute-form-localhost',
    title: 'the request target is the whole URL at localhost',
    requestLine: '{method} http://localhost{target} HTTP/1.1',
    catches: ['version-public', 'data-in-401'],
    catchesRead: ['permission-ignored', 'put-unchecked'],
    before: true,
  },
  {
    id: 'raw-hash',
    title: 'a bare # and a word follow the path, which HTTP does not allow',
    requestLine: '{method} {target}#conformance HTTP/1.1',
    before: true,
  },
];
