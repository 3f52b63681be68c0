import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row } from '../each.ts';
import { authentication } from '../sources.ts';

const headers = { Authorization: 'Bearer {key}' };
const ignored = ['permission-ignored'];
const always = [...ignored, 'put-unchecked'];

/**
 * Ways to write the body of a request to the wire. A server need not know them, and may answer each with 400 (it takes
 * compressed bytes for JSON), 411 (chunks), 415 or 501 (a coding that it does not know).
 */
const codings: readonly Row[] = [
  {
    id: 'chunked',
    title: 'the read key writes with a body in chunks',
    present: { headers, coding: 'chunked' },
    catches: ['chunked-body-unchecked', ...always],
  },
  {
    id: 'gzip',
    title: 'the read key writes with a body compressed by gzip',
    present: { headers, coding: 'gzip' },
    catches: ['gzip-body-unchecked', ...always],
  },
  {
    id: 'deflate',
    title: 'the read key writes with a body compressed by deflate',
    present: { headers, coding: 'deflate' },
    catches: ['deflate-body-unchecked', ...always],
  },
  {
    id: 'br',
    title: 'the read key writes with a body compressed by Brotli',
    present: { headers, coding: 'br' },
    catches: ['br-body-unchecked', ...always],
  },
  {
    id: 'x-gzip',
    title: 'the read key writes with a body compressed by gzip, by its other name x-gzip',
    present: { headers, coding: 'x-gzip' },
    catches: ['x-gzip-body-unchecked', ...always],
  },
  {
    id: 'zstd',
    title: 'the read key writes with a body in the coding of Zstandard',
    present: { headers, coding: 'zstd' },
    catches: ['zstd-body-unchecked', ...always],
  },
  {
    id: 'identity',
    title: 'the read key writes with a body in the coding identity, which changes nothing',
    present: { headers, coding: 'identity' },
    catches: ['identity-body-unchecked', ...always],
  },
];

/**
 * Long lists. A server may say first that a body is too long for it (413), or that the same user is named more than
 * once in it (400, 409, 422).
 */
const lists: readonly Row[] = [
  {
    id: 'a-hundred-at-once',
    title: 'the read key writes a hundred things at once',
    request: 'hundred-items',
    catches: ['hundreds-unchecked', ...ignored],
  },
  {
    id: 'as-many-as-documented',
    title: 'the read key writes as many things at once as the documentation allows',
    request: 'most-items',
    catches: ['long-lists-unchecked', 'hundreds-unchecked', ...ignored],
  },
];

/** A body that takes another way through a server than most. */
export const framing: readonly Requirement[] = [
  {
    id: 'permissions/body-framing-is-no-bypass',
    level: 'MUST',
    profile: 'core',
    sentence:
      'However long its body is, however it is coded and whenever it comes, a read key does not write.',
    source: authentication('Permission Levels'),
    advice: 'Check the permission before the body is read, on every way that a body may take.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: [
      ...each({ key: 'read', to: 'every write operation', expect: 'not let in' }, codings),
      ...each(
        { key: 'read', to: 'every write operation that offers the request', expect: 'not let in' },
        lists,
      ),
      {
        id: 'late-body',
        title: 'the read key writes with a body that comes after requests with the write key',
        key: 'read',
        procedure: 'the body comes late',
        to: 'one write operation of each method',
        expect: 'not let in',
        catches: ['late-body-has-last-caller', ...always],
      },
    ],
  },
];
