import type { JWK } from 'jose';
import { evidenceFile } from '../model/index.ts';
import type { Report } from '../model/report.ts';
import { renderingsOf } from '../report/write.ts';
import {
  checkClaim,
  checkName,
  checkReport,
  checkSuite,
  checkTimes,
  checkVerdict,
  type OwnSuite,
} from './check.ts';
import { digestOf } from './digest.ts';
import { CertificateRejection } from './errors.ts';
import { openFolder } from './folder.ts';
import { type OpenedCertificate, openCertificate } from './open.ts';
import { checkReplay, type ReplayEvidence } from './replay.ts';

/** What a verifier supplies. */
export interface VerifyInputs {
  readonly keys: readonly JWK[];
  readonly own: OwnSuite;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly replayEvidence: ReplayEvidence;
  /** The certificate, if it is not in the folder yet. */
  readonly jws?: string;
}

/** A certificate and its report. */
export interface VerifiedFolder extends OpenedCertificate {
  readonly report: Report;
}

/** Verifies the certificate in a folder. Throws CertificateRejection with the reason, or Unusable if there is no certificate. */
export async function verifyFolder(path: string, inputs: VerifyInputs): Promise<VerifiedFolder> {
  try {
    return await verify(path, inputs);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CertificateRejection('a file in the folder is too long or too deeply nested to be read');
  }
}

async function verify(path: string, inputs: VerifyInputs): Promise<VerifiedFolder> {
  const folder = await openFolder(path, inputs.jws);
  const opened = await openCertificate(folder.jws, inputs.keys);
  const { payload } = opened;
  checkSuite(payload, inputs.own);
  checkTimes(payload, inputs.nowMs);
  const report = await folder.report();
  checkReport(payload, report);
  checkClaim(payload, report);
  checkName(payload, report);
  checkVerdict(report, payload.implementation.embedded);
  for (const [name, wanted] of renderingsOf(report)) {
    const found = await folder.bytes(name);
    if (found === undefined && name === 'report.html')
      throw new CertificateRejection(`${name} is missing in the folder`);
    if (found === undefined || found.equals(Buffer.from(wanted))) continue;
    throw new CertificateRejection(`${name} is not what this suite writes for the report: it was edited`);
  }
  const evidence = await folder.bytes(evidenceFile);
  if (evidence === undefined) throw new CertificateRejection(`${evidenceFile} is missing in the folder`);
  if (digestOf(evidence) !== payload.digests.evidence) {
    throw new CertificateRejection(`${evidenceFile} is not the evidence that was signed: its digest differs`);
  }
  await checkReplay(report, evidence, inputs.replayEvidence);
  return { ...opened, report };
}
