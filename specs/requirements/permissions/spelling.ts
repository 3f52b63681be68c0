import type { PathSpelling, Presentation, Requirement, Scenario } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';
import { pathsWithReadKey } from './path-kinds.ts';

type Row = readonly [spelling: PathSpelling, title: string, ...catches: string[]];

/** Spellings of a path, shared with the requirement that each of them needs a key. */
export const paths: readonly Row[] = [
  ['double-slash', 'a slash of the path is doubled', 'slashes-unchecked'],
  ['dot-segment', 'a segment "." stands in the path', 'slashes-unchecked'],
  ['trailing-slash', 'a slash follows the path', 'slashes-unchecked'],
  ['upper-case', 'the path is in upper case', 'path-case-unchecked'],
  ['encoded-letter', 'a letter of the path is percent-encoded', 'encoded-path-unchecked'],
  ['encoded-dot-segment', 'a percent-encoded segment "." stands in the path', 'encoded-dot-unchecked'],
  ['encoded-slash', 'a slash of the path is percent-encoded', 'encoded-slash-unchecked'],
  ['path-parameter', 'a parameter follows a segment of the path', 'path-parameter-unchecked'],
  ['suffix', 'the path ends in .json', 'suffix-unchecked'],
  ['zero-byte', 'a percent-encoded zero byte follows the path', 'zero-byte-unchecked'],
];

/** A type of undefined announces none. */
const types: readonly (readonly [id: string, type: string | undefined, ...catches: string[]])[] = [
  ['text', 'text/plain', 'other-content-type-unchecked', 'permission-ignored', 'put-unchecked'],
  ['xml', 'application/xml', 'other-content-type-unchecked'],
  ['form', 'application/x-www-form-urlencoded', 'other-content-type-unchecked'],
  [
    'multipart',
    'multipart/form-data; boundary=conformance',
    'multipart-unchecked',
    'other-content-type-unchecked',
  ],
  ['json-with-parameters', 'application/json; charset=utf-8; version=1', 'content-type-parameters-unchecked'],
  ['none', undefined, 'missing-content-type-unchecked'],
];

/** Sent through a raw socket: HTTP clients tidy paths up. */
export const spelled = (lines: readonly string[]): Presentation => ({ lines });

/** Ways to name an operation so that a gateway and the application see two different ones. */
export const spelling: readonly Requirement[] = [
  {
    id: 'permissions/path-spelling-is-no-bypass',
    level: 'MUST',
    profile: 'core',
    sentence: 'However the path is spelled, a read key does not write.',
    source: authentication('Permission Levels'),
    advice: 'Check the permission on the routed operation and not on the text of the path.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: [
      ...paths.map(
        ([id, title, ...catches]): Scenario => ({
          id,
          title: `${title}, with the read key`,
          key: 'read',
          spelling: id,
          present: spelled(['Authorization: Bearer {key}']),
          to: 'every write operation',
          expect: 'no way in',
          catches,
        }),
      ),
      ...pathsWithReadKey,
    ],
  },
  {
    id: 'permissions/content-type-is-no-bypass',
    level: 'MUST',
    profile: 'core',
    sentence: 'Whatever content type is announced, a read key does not write.',
    source: authentication('Permission Levels'),
    advice: 'Check the permission before the body is parsed.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: types.map(([id, type, ...catches]) => ({
      id,
      title: `the body is announced as ${type ?? 'nothing'}, with the read key`,
      key: 'read',
      present:
        type === undefined
          ? { headers: { Authorization: 'Bearer {key}' }, untyped: true }
          : { headers: { Authorization: 'Bearer {key}', 'Content-Type': type } },
      to: 'every write operation',
      expect: 'not let in',
      catches,
    })),
  },
];
