import { CompactSign, compactVerify, importJWK, type JWK } from 'jose';
import * as z from 'zod';
import { privateMembers } from '../model/index.ts';
import { algorithms, type CertificateAlgorithm, certificateAlgorithmOf } from './algorithms.ts';
import { Unusable } from './errors.ts';

/** A private key that has proved that it can sign; `secrets` are its private members, which must never be written. */
export interface SigningKey {
  readonly algorithm: CertificateAlgorithm;
  readonly kid: string;
  readonly jwk: JWK;
  readonly secrets: readonly string[];
}

const variable = 'MUFI_CERTIFICATE_KEY';
const jwkSchema = z.looseObject({
  kty: z.enum(['OKP', 'EC', 'RSA']),
  d: z.string().min(1),
  kid: z.string().regex(/^[\x21-\x7e]{1,200}$/),
});
const howTo = 'harness/attestation/README.md, "From nothing to a certificate", shows how to make one';

/** Reads the private JWK that signs certificates. Throws Unusable; the message never contains the key. */
export async function readSigningKey(text: string | undefined): Promise<SigningKey> {
  if (text === undefined || text.trim() === '') {
    throw new Unusable(`${variable} is not set; set it to the private JWK that signs (${howTo}).`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unusable(`${variable} is not JSON; set it to one private JWK (${howTo}).`);
  }
  const parsed = jwkSchema.safeParse(value);
  if (!parsed.success) {
    const member = String(parsed.error.issues[0]?.path[0] ?? '');
    throw new Unusable(`${variable} ${problems[member] ?? 'is not a JWK'} (${howTo}).`);
  }
  const jwk = parsed.data as unknown as JWK & { readonly kid: string };
  const algorithm = certificateAlgorithmOf(jwk);
  if (algorithm === undefined) {
    throw new Unusable(`${variable} is a key for another algorithm than ${algorithms.join(', ')}.`);
  }
  if (jwk.use !== undefined && jwk.use !== 'sig') {
    throw new Unusable(`${variable} is a key whose member "use" does not allow signing.`);
  }
  await prove(jwk, algorithm);
  const members = privateMembers.map((name) => jwk[name]);
  return {
    algorithm,
    kid: jwk.kid,
    jwk,
    secrets: members.filter((member) => typeof member === 'string'),
  };
}

const problems: Readonly<Record<string, string>> = {
  kty: 'is not a key of the type OKP, EC or RSA; with a shared secret, everybody who verifies could sign',
  d: 'is not a private key: its member "d" is missing',
  kid: 'has no usable "kid", the name under which verifiers find the public key',
};

/** The public half of a key, as a JWKS document contains it. */
export function publicHalf({ jwk, algorithm }: SigningKey): JWK {
  const secret: readonly string[] = [...privateMembers, 'key_ops', 'ext'];
  const open = Object.entries(jwk).filter(([name]) => !secret.includes(name));
  return { ...Object.fromEntries(open), alg: algorithm, use: 'sig' } as JWK;
}

/**
 * Signs and verifies once, so that a key that is too short, or whose halves do not match, is noticed before the run.
 */
async function prove(jwk: JWK & { readonly kid: string }, algorithm: CertificateAlgorithm): Promise<void> {
  try {
    const proof = await new CompactSign(new TextEncoder().encode('proof'))
      .setProtectedHeader({ alg: algorithm, kid: jwk.kid })
      .sign(await importJWK({ ...jwk, key_ops: undefined } as unknown as JWK, algorithm));
    const half = publicHalf({ jwk, algorithm, kid: jwk.kid, secrets: [] });
    await compactVerify(proof, await importJWK(half, algorithm), { algorithms: [algorithm] });
  } catch {
    throw new Unusable(`${variable} cannot sign with ${algorithm}; create a new key (${howTo}).`);
  }
}
