import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalDigest, digestOf } from '../attestation/digest.ts';
import { CertificateRejection } from '../attestation/errors.ts';
import { certificateFile } from '../attestation/folder.ts';
import { attestedBy, type CertificatePayload, type Implementation } from '../attestation/payload.ts';
import { signCertificate } from '../attestation/sign.ts';
import { publicHalf, type SigningKey } from '../attestation/signing-key.ts';
import { verifyFolder } from '../attestation/verify.ts';
import { configuredSecrets } from '../engine/configuration/configuration.ts';
import { evidenceFile, exitCodes, spokenCommand } from '../model/index.ts';
import { reportSchema } from '../model/report.ts';
import { inLog, oneLine } from '../report/render/text.ts';
import { limitsInWords } from '../report/run-verdict.ts';
import {
  type CertifyArguments,
  readInputs,
  refuseOtherName,
  refuseOtherNameAtOnce,
  refuseSecrets,
} from './certify-inputs.ts';
import { replayEvidence } from './replay-evidence.ts';
import { runCommand } from './run.ts';
import { ownSuite } from './suite-identity.ts';

/** Checks the key and the implementation first, then runs everything. The exit code is that of the run. */
export async function certifyCommand(args: CertifyArguments): Promise<number> {
  const { out, implementation: file, ...rest } = args;
  const { key, implementation, target } = await readInputs(args);
  // From here on no process has the key in its environment: neither the test runner nor a key control command.
  delete process.env.MUFI_CERTIFICATE_KEY;
  await refuseOtherNameAtOnce(implementation, target, file);
  for (const name of [certificateFile, evidenceFile]) await rm(join(out, name), { force: true });
  const { without } = target;
  const claim = without === undefined ? {} : { without };
  const { name, version, contact, url } = implementation;
  const publicTexts = [name, version, contact, url].filter((text) => text !== undefined);
  const code = await runCommand(
    { ...rest, ...claim, depth: 'full', mode: 'full', record: true, publicTexts, out },
    [...configuredSecrets(process.env, '.env'), ...key.secrets],
  );
  if (code !== 0) {
    process.stderr.write(
      inLog(`No certificate: the run ended with exit code ${code}; ${out} holds its report.\n`),
    );
    return code;
  }
  let limits: string;
  try {
    limits = await certify(out, implementation, file, key);
  } catch (error) {
    await rm(join(out, certificateFile), { force: true });
    if (!(error instanceof CertificateRejection)) throw error;
    process.stderr.write(
      inLog(`No certificate: ${oneLine(error.message)}. This is a fault of the suite; report it.\n`),
    );
    return exitCodes.broken;
  }
  process.stdout.write(
    inLog(
      `${join(out, certificateFile)} certifies ${name} ${version}${limits}, signed by the key ${key.kid}.\nVerify it with: ${spokenCommand('verify', `${out} --keys jwks.json`)}\n`,
    ),
  );
  return exitCodes.done;
}

/**
 * Signs the contents of the folder, verifies the certificate as a customer would, and returns its limits. Throws
 * CertificateRejection if that fails.
 */
async function certify(
  out: string,
  implementation: Implementation,
  file: string,
  key: SigningKey,
): Promise<string> {
  const json: unknown = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
  const report = reportSchema.parse(json);
  refuseOtherName(implementation, report.target.implementation, file);
  const own = ownSuite();
  const payload: CertificatePayload = {
    schemaVersion: '1.0',
    iat: Math.floor(Date.now() / 1000),
    implementation,
    ...attestedBy(report),
    digests: {
      catalogue: own.catalogueDigest,
      openapi: own.openapiDigest,
      report: canonicalDigest(json),
      evidence: digestOf(await readFile(join(out, evidenceFile))),
    },
  };
  refuseSecrets(JSON.stringify(payload), key);
  const jws = await signCertificate(payload, key);
  await verifyFolder(out, {
    keys: [publicHalf(key)],
    own,
    nowMs: Date.now(),
    replayEvidence,
    jws,
  });
  // Written last: if this file exists, everything that it certifies exists and has been verified.
  const unfinished = join(out, `${certificateFile}.part`);
  await writeFile(unfinished, `${jws}\n`);
  await rename(unfinished, join(out, certificateFile));
  return limitsInWords(report);
}
