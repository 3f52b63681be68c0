import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { test } from '@playwright/test';
import { CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { canonicalDigest, digestOf } from '../../../harness/attestation/digest.ts';
import { CertificateRejection, Unusable } from '../../../harness/attestation/errors.ts';
import {
  attestedBy,
  type CertificatePayload,
  certificateType,
} from '../../../harness/attestation/payload.ts';
import { verifyFolder } from '../../../harness/attestation/verify.ts';
import { replayEvidence } from '../../../harness/cli/replay-evidence.ts';
import { ownSuite } from '../../../harness/cli/suite-identity.ts';
import { type Evidence, packEvidence, unpackEvidence } from '../../../harness/engine/evidence/evidence.ts';
import { evidenceFile } from '../../../harness/model/index.ts';
import { type Report, reportSchema } from '../../../harness/model/report.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { renderingsOf } from '../../../harness/report/write.ts';
import { type ChildResult, repository, run, startRecorder, through } from './cli.ts';
import { pageBlocks } from './readme.ts';

/** The key pair of a certifier: the value of MUFI_CERTIFICATE_KEY, and the published half. */
export interface Certifier {
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

export async function makeCertifier(kid: string, algorithm = 'EdDSA'): Promise<Certifier> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    privateJwk: { ...(await exportJWK(privateKey)), kid },
    publicJwk: { ...(await exportJWK(publicKey)), kid },
  };
}

/** The payload of a compact JWS, whoever signed it. */
export function payloadOf(jws: string): CertificatePayload {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

/** Signs any payload in the way a certificate is signed; `header` replaces members of the header. */
export async function resign(
  payload: unknown,
  by: Certifier,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return signText(JSON.stringify(payload), by, header);
}

/** The same for any text. */
export async function signText(
  text: string,
  by: Certifier,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const protectedHeader = { alg: 'EdDSA', kid: by.privateJwk.kid, typ: certificateType, ...header };
  return new CompactSign(Buffer.from(text))
    .setProtectedHeader(protectedHeader as { alg: string })
    .sign(await importJWK(by.privateJwk, protectedHeader.alg));
}

/** A copy of the folder of a certificate, for tests that change it. */
export interface Copy {
  readonly path: string;
  readonly jws: string;
  readonly report: Report;
  readonly evidence: Evidence;
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Writes another report with its renderings and a matching certificate, signed by `by`. */
  replaceReport(report: Report, by: Certifier): Promise<void>;
  /** Writes other evidence and a certificate with its digest, signed by `by`. */
  replaceEvidence(evidence: Evidence, by: Certifier): Promise<void>;
}

export async function copyOf(folder: string): Promise<Copy> {
  const path = test.info().outputPath('copy');
  await mkdir(path, { recursive: true });
  for (const name of await readdir(folder)) await link(join(folder, name), join(path, name));
  const { jws, report, evidence } = await readFolder(folder);
  // Remove a link before writing its file, so that the original stays.
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await rm(join(path, name), { force: true });
    await writeFile(join(path, name), content);
  };
  return {
    path,
    jws,
    report,
    evidence,
    write,
    async replaceReport(changed, by) {
      for (const [name, text] of renderingsOf(changed)) await write(name, text);
      const payload = payloadOf(jws);
      const digests = { ...payload.digests, report: canonicalDigest(JSON.parse(JSON.stringify(changed))) };
      await write('certificate.jws', await resign({ ...payload, ...attestedBy(changed), digests }, by));
    },
    async replaceEvidence(changed, by) {
      const file = packEvidence(changed);
      await write(evidenceFile, file);
      const payload = payloadOf(jws);
      const digests = { ...payload.digests, evidence: digestOf(file) };
      await write('certificate.jws', await resign({ ...payload, digests }, by));
    },
  };
}

const folders = new Map<string, Promise<Pick<Copy, 'jws' | 'report' | 'evidence'>>>();

/** Reads a folder once; a test that changes it makes a clone. */
function readFolder(folder: string): Promise<Pick<Copy, 'jws' | 'report' | 'evidence'>> {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name));
  const made = (async () => ({
    jws: (await read('certificate.jws')).toString('utf8').trim(),
    report: reportSchema.parse(JSON.parse((await read('report.json')).toString('utf8'))),
    evidence: unpackEvidence(await read(evidenceFile)),
  }))();
  folders.set(folder, made);
  return made;
}

/** The result of the commands on the certificate page, with what is needed to inspect it. */
export interface CertificateCommands extends ChildResult {
  /** The folder that certify wrote. */
  readonly folder: string;
  /** JWKS document of the certifier. */
  readonly keyFile: string;
  readonly by: Certifier;
  /** Every key that the server issued. */
  readonly keys: readonly string[];
}

/**
 * Certifies a loopback server with the commands of harness/attestation/README.md, in an empty folder, and verifies the
 * certificate.
 */
export async function certifyByPage(home: string): Promise<CertificateCommands> {
  const commands = pageBlocks('harness/attestation/README.md', 'From nothing to a certificate', 'sh');
  const bin = join(home, 'bin');
  await mkdir(bin, { recursive: true });
  const script = join(repository, 'harness', 'start.mjs');
  const npx = `#!/bin/sh\n[ "$1" = mufi-conformance ] && shift && exec node ${script} "$@"\n`;
  await writeFile(join(bin, 'npx'), npx, { mode: 0o755 });
  const server = await startReference({ implementation: { name: 'Example Server', version: '1.2.3' } });
  const recorder = await startRecorder(server.url);
  try {
    const target = through(recorder, server.url, server.environment);
    const environment = { ...target, PATH: `${bin}${delimiter}${process.env.PATH}` };
    const ended = await run('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], {
      cwd: home,
      environment,
    });
    const [privateJwk, jwks] = await Promise.all(
      ['certificate-key.json', 'jwks.json'].map(async (name) =>
        JSON.parse(await readFile(join(home, name), 'utf8')),
      ),
    );
    return {
      ...ended,
      folder: join(home, 'reports', 'certificate'),
      keyFile: join(home, 'jwks.json'),
      by: { privateJwk, publicJwk: jwks.keys[0] },
      keys: [...Object.values(server.keys), ...recorder.keys],
    };
  } finally {
    await recorder.close();
    await server.close();
  }
}

/** The result of verifying a folder: `verified`, or the reason why not. */
export async function verifying(folder: string, keys: readonly JWK[], nowMs = Date.now()): Promise<string> {
  try {
    await verifyFolder(folder, { keys, own: ownSuite(), nowMs, replayEvidence: replayEvidence });
    return 'verified';
  } catch (error) {
    if (error instanceof CertificateRejection || error instanceof Unusable) return error.message;
    throw error;
  }
}
