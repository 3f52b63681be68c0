import { afterFirst, end, firstSlash, type PathRow, start } from './path-row.ts';

/** Spare segments, dots and parameters in a path. */
export const segments: readonly PathRow[] = [
  // Empty segments and dots.
  {
    id: 'leading-double-slash',
    title: 'the path begins with two slashes',
    spelling: { replace: start, by: '/' },
  },
  {
    id: 'leading-triple-slash',
    title: 'the path begins with three slashes',
    spelling: { replace: start, by: '//' },
    before: true,
  },
  {
    id: 'leading-dot-segment',
    title: 'the path begins with a segment "."',
    spelling: { replace: start, by: '/.' },
    before: true,
  },
  {
    id: 'leading-parent-segment',
    title: 'the path begins with a segment that ".." removes',
    spelling: { replace: start, by: '/conformance/..' },
    before: true,
  },
  {
    id: 'parent-segment',
    title: 'the path contains a segment that ".." removes',
    spelling: { replace: afterFirst, by: '/conformance/..' },
  },
  {
    id: 'encoded-parent-segment',
    title: 'the path contains a segment that a percent-encoded ".." removes',
    spelling: { replace: afterFirst, by: '/conformance/%2e%2e' },
  },
  {
    id: 'encoded-parent-slash',
    title: 'the path contains a segment that "..%2f" removes',
    spelling: { replace: firstSlash, by: '/conformance/..%2f' },
  },
  {
    id: 'parent-with-parameter',
    title: 'the path contains a segment that "..;" removes',
    spelling: { replace: afterFirst, by: '/conformance/..;' },
  },
  { id: 'trailing-double-slash', title: 'two slashes follow the path', spelling: { replace: end, by: '//' } },
  {
    id: 'trailing-dot-segment',
    title: 'a slash and a dot follow the path',
    spelling: { replace: end, by: '/.' },
  },
  {
    id: 'trailing-parent-segment',
    title: 'a segment that ".." removes follows the path',
    spelling: { replace: end, by: '/conformance/..' },
  },
  { id: 'trailing-dot', title: 'a dot follows the path', spelling: { replace: end, by: '.' } },
  { id: 'trailing-port', title: 'a colon and a port follow the path', spelling: { replace: end, by: ':80' } },
  // Parameters of segments.
  {
    id: 'first-parameter',
    title: 'a parameter follows the first segment',
    spelling: { replace: afterFirst, by: ';conformance=1' },
  },
  {
    id: 'second-parameter',
    title: 'a parameter follows the second segment',
    spelling: { replace: '(?<=^/[^/]+/[^/]+)(?=/|$)', by: ';conformance=1' },
  },
  {
    id: 'every-parameter',
    title: 'a parameter follows every segment',
    spelling: { replace: '(?<=[^/])(?=/|$)', by: ';conformance=1' },
  },
  { id: 'empty-parameter', title: 'a bare semicolon follows the path', spelling: { replace: end, by: ';' } },
];
