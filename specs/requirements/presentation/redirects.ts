import type { PathSpelling, Requirement, Respelling, Scenario } from '../../../harness/model/index.ts';
import { rfc } from '../sources.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly spelling: PathSpelling | Respelling;
}

const rows: readonly Row[] = [
  { id: 'trailing-slash', title: 'a slash follows the path', spelling: 'trailing-slash' },
  { id: 'double-slash', title: 'a slash of the path is doubled', spelling: 'double-slash' },
  { id: 'dot-segment', title: 'the path contains a segment "."', spelling: 'dot-segment' },
  { id: 'upper-case', title: 'the path is in upper case', spelling: 'upper-case' },
];

/** Whoever tidies a path up by a redirect before it looks at the key tells which paths there are. */
export const redirects: readonly Requirement[] = [
  {
    id: 'presentation/respelled-path-not-redirected',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'Without a key, another spelling of a path is not answered with a redirect.',
    source: rfc(9110, '15.4 Redirection 3xx'),
    advice: 'Authenticate before the router normalises the path, or answer 404 for other spellings.',
    adviceFits: ['redirect'],
    scenarios: rows.map(
      ({ id, title, spelling }): Scenario => ({
        id,
        title: `${title}, without a key`,
        key: 'none',
        spelling,
        present: { lines: [] },
        to: 'one operation of each kind',
        expect: 'no redirect',
        catches: [`redirects-${id}`, 'unauthorized-redirects'],
      }),
    ),
  },
];
