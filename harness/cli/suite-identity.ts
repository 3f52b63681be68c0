import { catalogue } from '../../specs/requirements/index.ts';
import type { OwnSuite } from '../attestation/check.ts';
import { canonicalDigest } from '../attestation/digest.ts';
import { bundledDocument } from '../engine/configuration/operations.ts';
import { catalogueDigest, suiteName, suiteVersion } from '../engine/run/index.ts';

/** The identity of this suite, as certificates state it. */
export function ownSuite(): OwnSuite {
  return {
    name: suiteName,
    version: suiteVersion,
    catalogueDigest: catalogueDigest(catalogue),
    openapiDigest: canonicalDigest(bundledDocument),
  };
}
