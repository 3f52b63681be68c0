import type { Requirement } from '../../../harness/model/index.ts';
import { ungated, ungatedByHeaders, ungatedByPath } from '../beside-the-key.ts';
import { authentication } from '../sources.ts';

// Sixteen characters decode to twelve whole bytes, so that no decoder refuses them.
const forged = {
  key: 'write',
  forge: { sign: { segment: 'forged-signature' } },
  called: 'and the key has a wrong signature',
  fault: 'unverified',
} as const;

/** The signature is verified also where a gate that verifies it stands aside. */
export const alwaysVerified: readonly Requirement[] = [
  {
    id: 'token/verified-whatever-else-is-sent',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose signature does not verify opens nothing, whatever else the request says.',
    source: authentication('first paragraph'),
    advice: 'Verify the signature where you read the claims; let no client, host, header or query skip it.',
    explainedBy: ['token/signature-verified', 'presentation/nothing-stands-in-for-the-key'],
    scenarios: ungated(ungatedByHeaders, {
      ...forged,
      to: 'one operation of each kind',
      catches: ['version-public', 'signature-ignored', 'verified-once'],
    }),
  },
  {
    id: 'token/verified-however-the-path-is-spelled',
    level: 'MUST',
    profile: 'core',
    sentence: 'However the path is spelled, a key whose signature does not verify is not accepted.',
    source: authentication('first paragraph'),
    advice: 'Verify the signature where you read the claims, or on the routed operation; exempt no path.',
    explainedBy: ['token/signature-verified', 'presentation/path-spelling-requires-key'],
    scenarios: ungated(ungatedByPath, { ...forged, to: 'one read and one write operation' }),
  },
];
