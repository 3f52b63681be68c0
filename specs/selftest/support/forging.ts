import { type ForgingMaterial, forge } from '../../../harness/engine/credentials/forge.ts';
import { NotForgeable } from '../../../harness/engine/credentials/not-forgeable.ts';
import { readPublicKeys } from '../../../harness/engine/credentials/public-key.ts';
import type { Forgery, Key } from '../../../harness/model/index.ts';
import { type Algorithm, createIssuer, type Issuer, segments } from './keys.ts';

/** An issuer with a write and a read key, and a function that forges deviations from the write key. */
export interface Forger {
  readonly issuer: Issuer;
  readonly key: Key;
  readonly other: Key;
  readonly original: readonly [header: string, payload: string, signature: string];
  made(forgery: Forgery, jwks?: string): Promise<string>;
}

export const writeClaims = { sub: 'a', permission: 'write', project: 'p' };
export const readClaims = { sub: 'b', permission: 'read', project: 'p' };

export async function createForger(algorithm: Algorithm): Promise<Forger> {
  const issuer = await createIssuer(algorithm);
  const key = await issuer.issue(writeClaims);
  const other = await issuer.issue(readClaims, 'MUFI_READ_KEY');
  const material = (jwks?: string): ForgingMaterial => ({
    keyOf: (role) => {
      if (role === 'read') return other;
      throw new NotForgeable(`the run has no ${role} key`);
    },
    ...(jwks === undefined ? {} : { publicKeys: readPublicKeys(jwks) }),
  });
  return {
    issuer,
    key,
    other,
    original: segments(key.value),
    made: async (forgery, jwks) => forge(key, forgery, material(jwks)),
  };
}

/** Name and message of the error that rejects a call. */
export async function why(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return 'nothing is wrong';
}
