import { end, firstSlash, type PathRow } from './path-row.ts';

/** What of a path is encoded, in capitals, or made to look like a file. */
export const encodings: readonly PathRow[] = [
  // Percent-encoding.
  {
    id: 'encoded-first-letter',
    title: 'the first letter of the path is percent-encoded',
    spelling: { replace: '(?<=^/).', as: 'encoded' },
  },
  {
    id: 'encoded-letters',
    title: 'every letter of the path is percent-encoded',
    spelling: { replace: '[A-Za-z]', as: 'encoded' },
  },
  {
    id: 'double-encoded-letter',
    title: 'a letter of the path is percent-encoded twice',
    spelling: { replace: '.$', as: 'encoded twice' },
  },
  {
    id: 'encoded-last-slash',
    title: 'the last slash of the path is percent-encoded',
    spelling: { replace: '/(?=[^/]*$)', as: 'encoded' },
  },
  {
    id: 'double-encoded-slash',
    title: 'a slash of the path is percent-encoded twice',
    spelling: { replace: firstSlash, as: 'encoded twice' },
  },
  {
    id: 'encoded-leading-slash',
    title: 'the path begins with a slash and a percent-encoded one',
    spelling: { replace: '^/', by: '/%2f' },
    before: true,
  },
  {
    id: 'encoded-backslash',
    title: 'a slash of the path is a percent-encoded backslash',
    spelling: { replace: firstSlash, by: '%5c' },
  },
  {
    id: 'overlong-slash',
    title: 'a slash of the path is in overlong UTF-8',
    spelling: { replace: firstSlash, by: '%c0%af' },
  },
  {
    id: 'encoded-tab',
    title: 'a percent-encoded tab follows the path',
    spelling: { replace: end, by: '%09' },
  },
  {
    id: 'encoded-space',
    title: 'a percent-encoded space follows the path',
    spelling: { replace: end, by: '%20' },
  },
  {
    id: 'encoded-line-feed',
    title: 'a percent-encoded line feed follows the path',
    spelling: { replace: end, by: '%0a' },
  },
  {
    id: 'encoded-hash',
    title: 'a percent-encoded # and a word follow the path',
    spelling: { replace: end, by: '%23conformance' },
  },
  {
    id: 'encoded-question-mark',
    title: 'a percent-encoded question mark and a word follow the path',
    spelling: { replace: end, by: '%3fconformance' },
  },
  {
    id: 'encoded-trailing-slash',
    title: 'a percent-encoded slash follows the path',
    spelling: { replace: end, by: '%2f' },
  },
  // Case, and what looks like a file.
  {
    id: 'upper-case-first',
    title: 'the first segment is in capitals',
    spelling: { replace: '^/[^/]+', as: 'upper case' },
  },
  {
    id: 'upper-case-last',
    title: 'the last segment is in capitals',
    spelling: { replace: '[^/]+$', as: 'upper case' },
  },
  { id: 'static-suffix', title: 'the path ends in .css', spelling: { replace: end, by: '.css' } },
  {
    id: 'static-file-below',
    title: 'a style sheet name follows the path',
    spelling: { replace: end, by: '/conformance.css' },
  },
  {
    id: 'zero-byte-and-suffix',
    title: 'a percent-encoded zero byte and .css follow the path',
    spelling: { replace: end, by: '%00.css' },
  },
];
