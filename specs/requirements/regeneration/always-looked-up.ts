import type { Requirement } from '../../../harness/model/index.ts';
import { ungated, ungatedByHeaders, ungatedByPath } from '../beside-the-key.ts';
import { authentication } from '../sources.ts';

const management = authentication('Key Management');
const revoked = {
  key: 'revoked',
  called: 'and the key is revoked',
  fault: 'revocation-ignored',
  to: 'one read and one write operation',
} as const;

/** The state of a key is looked up also where a gate that looks it up stands aside. */
export const alwaysLookedUp: readonly Requirement[] = [
  {
    id: 'regeneration/dead-whatever-else-is-sent',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'A revoked key opens nothing, whatever else the request says.',
    source: management,
    advice: 'Look up the state of the key where you read its claims; let no client, host or header skip it.',
    explainedBy: [
      'regeneration/revoked-key-rejected',
      'token/verified-whatever-else-is-sent',
      'presentation/nothing-stands-in-for-the-key',
    ],
    needs: ['revoked-key'],
    scenarios: ungated(ungatedByHeaders, {
      ...revoked,
      catches: ['version-public', 'revoked-key-accepted', 'restart-forgets-revocations'],
    }),
  },
  {
    id: 'regeneration/dead-however-the-path-is-spelled',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'However the path is spelled, a revoked key is not accepted.',
    source: management,
    advice: 'Look up the state of the key where you read its claims, or on the routed operation.',
    explainedBy: [
      'regeneration/revoked-key-rejected',
      'token/verified-however-the-path-is-spelled',
      'presentation/path-spelling-requires-key',
    ],
    needs: ['revoked-key'],
    scenarios: ungated(ungatedByPath, revoked),
  },
];
