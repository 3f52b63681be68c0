import { catalogue } from '../../specs/requirements/index.ts';
import type { OwnSuite } from '../certificate/check.ts';
import { canonicalDigest } from '../certificate/digest.ts';
import { catalogueDigest, suiteName, suiteVersion } from '../pipeline.ts';
import { bundledDocument } from '../target/operations.ts';

/** What this suite is made of, as certificates name it. */
export function ownSuite(): OwnSuite {
  return {
    name: suiteName,
    version: suiteVersion,
    catalogueDigest: catalogueDigest(catalogue),
    openapiDigest: canonicalDigest(bundledDocument),
  };
}
