import type { Requirement, Scenario } from '../../../harness/model/index.ts';
import { pathsWithoutKey } from '../permissions/path-kinds.ts';
import { paths, spelled } from '../permissions/spelling.ts';
import { authentication } from '../sources.ts';

/** A key is needed however the path is spelled. */
export const spelledPaths: readonly Requirement[] = [
  {
    id: 'presentation/path-spelling-requires-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'However the path is spelled, a request without a key is not accepted.',
    source: authentication('Using Your API Key'),
    advice: 'Authenticate before routing, or on the routed operation; do not exempt anything by path.',
    scenarios: [
      ...paths.map(
        ({ spelling, title }): Scenario => ({
          id: spelling,
          title: `${title}, without a key`,
          key: 'none',
          spelling,
          present: spelled([]),
          to: 'every operation',
          expect: 'no way in',
          catches: [`${spelling}-public`],
        }),
      ),
      ...pathsWithoutKey,
    ],
  },
];
