import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { checkVerdict } from '../certificate/check.ts';
import { canonicalDigest } from '../certificate/digest.ts';
import { Unusable } from '../certificate/errors.ts';
import { certificateFile } from '../certificate/folder.ts';
import { readImplementation } from '../certificate/implementation.ts';
import { attestedBy, type CertificatePayload, type Implementation } from '../certificate/payload.ts';
import { signCertificate } from '../certificate/sign.ts';
import { readSigningKey, type SigningKey } from '../certificate/signing-key.ts';
import { createRedactor } from '../evidence/redaction.ts';
import type { Profile } from '../model.ts';
import { reportSchema } from '../report/schema.ts';
import { readCertificateKey, readConfiguration } from '../target/configuration.ts';
import { ConfigurationError } from '../target/configuration-error.ts';
import { ownSuite } from './own-suite.ts';
import { parseProfiles } from './parse.ts';
import { type RunArguments, runCommand } from './run.ts';

interface CertifyArguments {
  readonly implementation: string;
  readonly baseUrl?: string;
  readonly profile?: readonly Profile[];
  readonly strict?: boolean;
  readonly out: string;
}

/** Adds `certify` to a program; `remember` takes the exit code. */
export function addCertify(program: Command, remember: (work: Promise<number>) => Promise<void>): void {
  program
    .command('certify')
    .description('run everything and sign a certificate with MUFI_CERTIFICATE_KEY if the target conforms')
    .requiredOption(
      '--implementation <file>',
      'YAML or JSON: name, version, contact, url of what is certified',
    )
    .option('--base-url <url>', 'the target, in place of MUFI_BASE_URL')
    .option('--profile <list>', 'profiles that have to be complete', parseProfiles)
    .option('--strict', 'a SHOULD that fails is a failure')
    .option('--out <directory>', 'where report and certificate are written', 'reports/certificate')
    .action((options: CertifyArguments) => remember(certifyCommand(options)));
}

/** Checks key and implementation first, then runs everything; the exit code is that of the run. */
async function certifyCommand(args: CertifyArguments): Promise<number> {
  const { out } = args;
  const { key, implementation } = await readInputs(args);
  // From here on no process has the key in its environment: neither the test runner nor a key control command.
  delete process.env.MUFI_CERTIFICATE_KEY;
  const certificate = join(out, certificateFile);
  await rm(certificate, { force: true });
  const run: RunArguments = {
    depth: 'full',
    mode: 'full',
    out,
    ...(args.baseUrl === undefined ? {} : { baseUrl: args.baseUrl }),
    ...(args.profile === undefined ? {} : { profile: args.profile }),
    ...(args.strict === undefined ? {} : { strict: args.strict }),
  };
  const code = await runCommand(run);
  if (code !== 0) {
    process.stderr.write(`No certificate: the run ended with exit code ${code}; ${out} holds its report.\n`);
    return code;
  }
  const json: unknown = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
  const report = reportSchema.parse(json);
  checkVerdict(report, implementation.embedded);
  const own = ownSuite();
  const payload: CertificatePayload = {
    schemaVersion: '1.0',
    iat: Math.floor(Date.now() / 1000),
    implementation,
    ...attestedBy(report),
    digests: { catalogue: own.catalogueDigest, openapi: own.openapiDigest, report: canonicalDigest(json) },
  };
  refuseSecrets(JSON.stringify(payload), key);
  await writeFile(certificate, `${await signCertificate(payload, key)}\n`);
  const { name, version } = implementation;
  process.stdout.write(
    `${certificate} certifies ${name} ${version}, signed by the key ${key.kid}. Verify it with: verify ${out} --keys jwks.json\n`,
  );
  return 0;
}

async function readInputs(
  args: CertifyArguments,
): Promise<{ readonly key: SigningKey; readonly implementation: Implementation }> {
  try {
    const key = await readSigningKey(readCertificateKey(process.env, '.env'));
    const environment =
      args.baseUrl === undefined ? process.env : { ...process.env, MUFI_BASE_URL: args.baseUrl };
    const { baseUrl, productionHosts } = readConfiguration(environment, '.env');
    const host = baseUrl === undefined ? undefined : new URL(baseUrl).hostname.replace(/\.$/, '');
    if (host !== undefined && productionHosts.includes(host)) {
      throw new ConfigurationError(
        `${host} is a production host, where the suite never writes; certify the same implementation in a test environment.`,
      );
    }
    const file = args.implementation;
    const text = await readFile(file, 'utf8').catch(() => {
      throw new ConfigurationError(`The file ${file} of --implementation cannot be read.`);
    });
    return { key, implementation: readImplementation(text, file, baseUrl === undefined) };
  } catch (error) {
    if (error instanceof Unusable) throw new ConfigurationError(error.message);
    throw error;
  }
}

/** The last gate: nothing of the private key may stand in what is signed. */
function refuseSecrets(text: string, key: SigningKey): void {
  const redactor = createRedactor();
  for (const secret of key.secrets) redactor.add(secret);
  if (redactor.redact(text) !== text) {
    throw new ConfigurationError(
      'The file of --implementation, or what the target says of itself, holds a part of MUFI_CERTIFICATE_KEY; remove it and make a new key.',
    );
  }
}
