import { isDeepStrictEqual } from 'node:util';
import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { algorithms, certificateAlgorithmOf } from './algorithms.ts';
import { CertificateRejection } from './errors.ts';
import { type CertificatePayload, certificateType, payloadSchema } from './payload.ts';

/** A certificate with a valid signature. */
export interface OpenedCertificate {
  readonly payload: CertificatePayload;
  readonly kid: string;
  readonly algorithm: string;
}

/** Checks the header and the signature of a certificate against trusted public keys. Throws CertificateRejection. */
export async function openCertificate(jws: string, keys: readonly JWK[]): Promise<OpenedCertificate> {
  const { alg, kid, typ, ...others } = headerOf(jws);
  const algorithm = algorithms.find((name) => name === alg);
  if (algorithm === undefined) {
    throw new CertificateRejection(
      `the certificate names the algorithm ${quoted(alg)}; allowed are ${algorithms.join(', ')}`,
    );
  }
  if (typ !== certificateType) {
    throw new CertificateRejection(
      `the signed text is not a certificate: its type is ${quoted(typ)}, not "${certificateType}"`,
    );
  }
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new CertificateRejection(
      `the header of the certificate has ${quoted(unknown)}, which a certificate does not have`,
    );
  }
  const key = keys.find((candidate) => candidate.kid === kid);
  if (typeof kid !== 'string' || key === undefined) {
    throw new CertificateRejection(
      `the certificate is signed by the key ${quoted(kid)}, which is not one of the trusted keys`,
    );
  }
  if (certificateAlgorithmOf(key) !== algorithm && !(key.crv === 'Ed25519' && /^Ed/.test(algorithm))) {
    throw new CertificateRejection(
      `the certificate names the algorithm ${algorithm}, but the key "${kid}" is not for that`,
    );
  }
  let bytes: Uint8Array;
  try {
    const { alg: _named, key_ops: _operations, ...bare } = key;
    bytes = (await compactVerify(jws, await importJWK(bare, algorithm), { algorithms: [algorithm] })).payload;
  } catch {
    throw new CertificateRejection(`the signature of the certificate does not verify with the key "${kid}"`);
  }
  return { payload: readPayload(Buffer.from(bytes)), kid, algorithm };
}

function headerOf(jws: string): Record<string, unknown> {
  try {
    if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(jws)) return { ...decodeProtectedHeader(jws) };
  } catch {
    // Continues with the one error below.
  }
  throw new CertificateRejection('certificate.jws is not a compact JWS');
}

function readPayload(bytes: Buffer): CertificatePayload {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new CertificateRejection('the signed text is not JSON');
  }
  const parsed = payloadSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CertificateRejection(
      `the certificate is malformed at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`,
    );
  }
  // If a member is repeated, two readers may see two different values.
  if (!isDeepStrictEqual(parsed.data, value) || !bytes.equals(Buffer.from(JSON.stringify(value)))) {
    throw new CertificateRejection('the signed text is not in the form that this suite writes');
  }
  return parsed.data;
}

function quoted(value: unknown): string {
  return value === undefined ? '(none)' : JSON.stringify(value);
}
