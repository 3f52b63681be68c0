import { CertificateRejection, Unusable } from '../attestation/errors.ts';
import type { Implementation } from '../attestation/payload.ts';
import { readTrustedKeys } from '../attestation/trusted-keys.ts';
import { verifyFolder } from '../attestation/verify.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { exitCodes } from '../model/index.ts';
import type { Report } from '../model/report.ts';
import { inLog, oneLine } from '../report/render/text.ts';
import { limitsInWords } from '../report/run-verdict.ts';
import { replayEvidence } from './replay-evidence.ts';
import { ownSuite } from './suite-identity.ts';
import { textOf } from './text-of.ts';

/** Exit code 0: verified; 1: rejected, with the reason. Throws ConfigurationError if there is nothing to verify. */
export async function verifyCommand(folder: string, keyFile: string): Promise<number> {
  try {
    const keys = readTrustedKeys(textOf(keyFile, '--keys'), keyFile);
    const { payload, kid, report } = await verifyFolder(folder, {
      keys,
      own: ownSuite(),
      nowMs: Date.now(),
      replayEvidence,
    });
    const { implementation, target, run, suite } = payload;
    process.stdout.write(
      inLog(
        [
          verifiedInWords(implementation, report),
          `  signed by   ${kid}`,
          `  target      ${implementation.embedded === true ? 'the embedded reference server' : target.baseUrl}`,
          `  run         ${run.id}, ${run.startedAt} to ${run.finishedAt}, ${suite.name} ${suite.version}`,
          `  contact     ${implementation.contact}`,
          '',
        ].join('\n'),
      ),
    );
    return exitCodes.verified;
  } catch (error) {
    if (error instanceof Unusable) throw new ConfigurationError(error.message);
    if (!(error instanceof CertificateRejection)) throw error;
    process.stdout.write(inLog(`Refused: ${oneLine(error.message)}.\n`));
    return exitCodes.refused;
  }
}

/** What a verified certificate says, and its limits. */
export function verifiedInWords({ name, version }: Implementation, report: Report): string {
  const claimed = report.profiles.filter((profile) => profile.claimed).map(({ id }) => id);
  return `Verified: ${name} ${version} keeps the contract in ${claimed.join(', ')}${limitsInWords(report)}.`;
}
