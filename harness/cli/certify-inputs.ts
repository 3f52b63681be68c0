import { isDeepStrictEqual } from 'node:util';
import { isCalledOtherwise } from '../attestation/check.ts';
import { Unusable } from '../attestation/errors.ts';
import { readImplementation } from '../attestation/implementation.ts';
import type { Implementation } from '../attestation/payload.ts';
import { readSigningKey, type SigningKey } from '../attestation/signing-key.ts';
import { readCertificateKey, readConfiguration } from '../engine/configuration/configuration.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { bundledDocument, operationsOf } from '../engine/configuration/operations.ts';
import { productionHostOf } from '../engine/configuration/production.ts';
import { checkWithout } from '../engine/configuration/without.ts';
import { createRedactor } from '../engine/evidence/redaction.ts';
import { ControlError } from '../engine/key-control/protocol.ts';
import { openControl } from '../engine/session/session.ts';
import { defined } from '../model/defined.ts';
import type { Profile, TargetConfiguration } from '../model/index.ts';
import type { Report } from '../model/report.ts';
import { oneLine } from '../report/render/text.ts';
import { textOf } from './text-of.ts';

/** Options of `certify`; none of them makes a run smaller. */
export interface CertifyArguments {
  readonly implementation: string;
  readonly baseUrl?: string;
  readonly profile?: readonly Profile[];
  readonly strict?: boolean;
  readonly without?: readonly string[];
  readonly out: string;
}

/** Checks everything that can be rejected before anything is sent. Throws ConfigurationError. */
export async function readInputs(args: CertifyArguments): Promise<{
  readonly key: SigningKey;
  readonly implementation: Implementation;
  readonly target: TargetConfiguration;
}> {
  if (args.profile !== undefined && !args.profile.includes('core')) {
    throw new ConfigurationError('Every certificate includes the profile core; add it to --profile.');
  }
  try {
    const key = await readSigningKey(readCertificateKey(process.env, '.env'));
    const environment = {
      ...process.env,
      ...defined({ MUFI_BASE_URL: args.baseUrl }),
      ...(args.without === undefined ? {} : { MUFI_WITHOUT: args.without.join(',') }),
    };
    const configured = readConfiguration(environment, '.env');
    const host = productionHostOf(configured);
    if (host !== undefined) {
      throw new ConfigurationError(
        `${host} is a production host, and the suite never writes to production; certify the same implementation in a test environment.`,
      );
    }
    const file = args.implementation;
    const text = textOf(file, '--implementation');
    const implementation = readImplementation(text, file, configured.baseUrl === undefined);
    const target = { ...configured, ...claimOf(implementation, configured, file) };
    checkWithout(target.without, operationsOf(bundledDocument));
    return { key, implementation, target };
  } catch (error) {
    if (error instanceof Unusable) throw new ConfigurationError(error.message);
    throw error;
  }
}

/** The operations that are claimed absent. If both the file and the option name them, they have to agree. */
function claimOf(
  { without }: Implementation,
  { without: given }: TargetConfiguration,
  file: string,
): Pick<TargetConfiguration, 'without'> {
  const own = without === undefined ? undefined : [...new Set(without)].sort();
  if (own === undefined) return {};
  if (given !== undefined && !isDeepStrictEqual(own, given)) {
    throw new ConfigurationError(
      `${file} says "without: ${own.join(', ')}", and --without (MUFI_WITHOUT) names ${given.join(', ')}; remove one of them.`,
    );
  }
  return own.length === 0 ? {} : { without: own };
}

/**
 * Asks key control for the name of the implementation before anything else is sent, because after a whole run the
 * answer would be the same. If key control does not answer, the run reports it.
 */
export async function refuseOtherNameAtOnce(
  implementation: Implementation,
  target: TargetConfiguration,
  file: string,
): Promise<void> {
  const control = openControl({ target, options: { mode: 'full' } });
  const described = await control?.describe().catch((error: unknown) => {
    if (error instanceof ControlError) return undefined;
    throw error;
  });
  refuseOtherName(implementation, described?.implementation, file);
}

/** Throws ConfigurationError if key control names another implementation than the vendor's file does. */
export function refuseOtherName(
  implementation: Implementation,
  told: Report['target']['implementation'],
  file: string,
): void {
  if (told === undefined || !isCalledOtherwise(implementation, told)) return;
  const { name, version } = implementation;
  throw new ConfigurationError(
    `No certificate: key control reports ${oneLine(`${told.name} ${told.version}`)}, but ${file} says ${oneLine(`${name} ${version}`)}; correct the one that is wrong.`,
  );
}

/** The last check: what is signed contains nothing of the private key. */
export function refuseSecrets(text: string, key: SigningKey): void {
  const redactor = createRedactor();
  for (const secret of key.secrets) redactor.add(secret);
  if (redactor.redact(text) !== text) {
    throw new ConfigurationError(
      'The file of --implementation, or what the target reports about itself, contains a part of MUFI_CERTIFICATE_KEY; remove it and create a new key.',
    );
  }
}
