import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** A key pair that signs certificates, as the texts of two files. */
export interface KeyPair {
  /** One private JWK. */
  readonly privateText: string;
  /** A JWKS document with the public half. */
  readonly publicText: string;
}

/** A new Ed25519 key pair with the year in its name. */
export function createKeyPair(): KeyPair {
  const kid = `mufi-${new Date().getUTCFullYear()}-${randomBytes(3).toString('hex')}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  const privateText = `${JSON.stringify(jwkOf(privateKey, kid))}\n`;
  return { privateText, publicText: publicTextOf(privateText) };
}

/** The JWKS document of a private JWK. Throws if the text is not a private JWK. */
export function publicTextOf(privateText: string): string {
  const jwk = JSON.parse(privateText);
  const publicKey = createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' }));
  const { alg, use = 'sig' } = jwk;
  const key = { ...publicKey.export({ format: 'jwk' }), kid: jwk.kid, alg, use };
  return `${JSON.stringify({ keys: [key] }, null, 2)}\n`;
}

function jwkOf(key: KeyObject, kid: string) {
  return { ...key.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' };
}
