import type { PathSpelling, Presentation, Requirement, Scenario } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';
import { pathsWithReadKey } from './path-kinds.ts';

/** A way to spell a path. */
interface SpelledPath {
  readonly spelling: PathSpelling;
  readonly title: string;
  readonly catches: readonly string[];
}

/** Spellings of a path, shared with the requirement that each of them needs a key. */
export const paths: readonly SpelledPath[] = [
  { spelling: 'double-slash', title: 'a slash of the path is doubled', catches: ['slashes-unchecked'] },
  { spelling: 'dot-segment', title: 'the path contains a segment "."', catches: ['slashes-unchecked'] },
  { spelling: 'trailing-slash', title: 'a slash follows the path', catches: ['slashes-unchecked'] },
  { spelling: 'upper-case', title: 'the path is in upper case', catches: ['path-case-unchecked'] },
  {
    spelling: 'encoded-letter',
    title: 'a letter of the path is percent-encoded',
    catches: ['encoded-path-unchecked'],
  },
  {
    spelling: 'encoded-dot-segment',
    title: 'the path contains a percent-encoded segment "."',
    catches: ['encoded-dot-unchecked'],
  },
  {
    spelling: 'encoded-slash',
    title: 'a slash of the path is percent-encoded',
    catches: ['encoded-slash-unchecked'],
  },
  {
    spelling: 'path-parameter',
    title: 'a parameter follows a segment of the path',
    catches: ['path-parameter-unchecked'],
  },
  { spelling: 'suffix', title: 'the path ends in .json', catches: ['suffix-unchecked'] },
  {
    spelling: 'zero-byte',
    title: 'a percent-encoded zero byte follows the path',
    catches: ['zero-byte-unchecked'],
  },
];

/** A content type that is announced. */
interface AnnouncedType {
  readonly id: string;
  /** Undefined: none is announced. */
  readonly type: string | undefined;
  readonly catches: readonly string[];
}

const types: readonly AnnouncedType[] = [
  {
    id: 'text',
    type: 'text/plain',
    catches: ['other-content-type-unchecked', 'permission-ignored', 'put-unchecked'],
  },
  { id: 'xml', type: 'application/xml', catches: ['other-content-type-unchecked'] },
  { id: 'form', type: 'application/x-www-form-urlencoded', catches: ['other-content-type-unchecked'] },
  {
    id: 'multipart',
    type: 'multipart/form-data; boundary=conformance',
    catches: ['multipart-unchecked', 'other-content-type-unchecked'],
  },
  {
    id: 'json-with-parameters',
    type: 'application/json; charset=utf-8; version=1',
    catches: ['content-type-parameters-unchecked'],
  },
  // Other types that are JSON: a check that looks for one of them misses the others.
  { id: 'json-api', type: 'application/vnd.api+json', catches: ['json-api-unchecked'] },
  { id: 'merge-patch', type: 'application/merge-patch+json', catches: ['merge-patch-unchecked'] },
  { id: 'json-lines', type: 'application/x-ndjson', catches: ['json-lines-unchecked'] },
  { id: 'none', type: undefined, catches: ['missing-content-type-unchecked'] },
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
    advice: 'Check the permission on the routed operation, not on the text of the path.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: [
      ...paths.map(
        ({ spelling, title, catches }): Scenario => ({
          id: spelling,
          title: `${title}, with the read key`,
          key: 'read',
          spelling,
          present: spelled(['Authorization: Bearer {key}']),
          to: 'every write operation',
          expect: 'no way in',
          catches,
        }),
      ),
      ...pathsWithReadKey,
      {
        id: 'upper-case-id',
        // Where ids are compared as numbers, it names the same thing; elsewhere, nothing.
        title: 'the id in the path is in capitals, with the read key',
        key: 'read',
        spelling: { replace: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', as: 'upper case' },
        present: spelled(['Authorization: Bearer {key}']),
        to: 'every write operation with an id in its path',
        expect: 'no way in',
        catches: ['upper-case-id-unchecked'],
      },
    ],
  },
  {
    id: 'permissions/content-type-is-no-bypass',
    level: 'MUST',
    profile: 'core',
    sentence: 'Whatever the content type, a read key does not write.',
    source: authentication('Permission Levels'),
    advice: 'Check the permission before the body is parsed.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: [
      ...types.map(
        ({ id, type, catches }): Scenario => ({
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
        }),
      ),
      {
        id: 'form-fields',
        title: 'the members of the body are fields of a form, with the read key',
        key: 'read',
        present: { headers: { Authorization: 'Bearer {key}' }, asForm: true },
        to: 'every write operation',
        expect: 'not let in',
        catches: ['form-fields-unchecked'],
      },
    ],
  },
];
