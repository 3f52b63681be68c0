import type { Requirement } from '../../../harness/model/index.ts';
import { paths, spelled } from '../permissions/spelling.ts';
import { authentication } from '../sources.ts';

/** A key is needed however the path is spelled. */
export const spelledPaths: readonly Requirement[] = [
  {
    id: 'presentation/path-spelling-requires-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'However the path is spelled, a request without a key is not let in.',
    source: authentication('Using Your API Key'),
    advice: 'Authenticate in front of routing, or on the routed operation; exempt nothing by path.',
    scenarios: paths.map(({ spelling, title }) => ({
      id: spelling,
      title: `${title}, without a key`,
      key: 'none',
      spelling,
      present: spelled([]),
      to: 'every operation',
      expect: 'not let in',
      catches: ['spelled-path-public', 'unknown-path-public'],
    })),
  },
];
