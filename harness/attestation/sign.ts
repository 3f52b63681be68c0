import { CompactSign, importJWK } from 'jose';
import { type CertificatePayload, certificateType, payloadSchema } from './payload.ts';
import type { SigningKey } from './signing-key.ts';

/** A certificate as a compact JWS (RFC 7515): one line of ASCII. */
export async function signCertificate(payload: CertificatePayload, key: SigningKey): Promise<string> {
  const checked = payloadSchema.parse(payload);
  const { key_ops: _operations, ...jwk } = key.jwk;
  return new CompactSign(new TextEncoder().encode(JSON.stringify(checked)))
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: certificateType })
    .sign(await importJWK(jwk, key.algorithm));
}
