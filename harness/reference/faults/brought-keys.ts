import { createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { compactVerify } from 'jose';
import { asClaims, type Keyring } from '../keyring.ts';
import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { isHmacOf, peek, type TokenParts } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

type KeySet = { readonly keys?: readonly JsonWebKey[] };

/** Faults that verify a key with key material from the token itself, or from an address in the token. */
export const broughtKeys: readonly Fault[] = [
  verifying(
    'embedded-rsa-jwk-trusted',
    'A server does not trust an RSA key inside the token.',
    ofType('RSA'),
  ),
  verifying('embedded-ec-jwk-trusted', 'A server does not trust an EC key inside the token.', ofType('EC')),
  verifying(
    'embedded-okp-jwk-trusted',
    'A server does not trust an Ed25519 key inside the token.',
    ofType('OKP'),
  ),
  trusting('embedded-secret-trusted', 'A secret inside the token is not a secret.', (peeked) => {
    const { kty, k = '' } = (peeked.header.jwk ?? {}) as JsonWebKey;
    return kty === 'oct' && isHmacOf(peeked, Buffer.from(k, 'base64url'));
  }),
  verifying('kid-pem-trusted', 'A key id is the name of a key, not a key.', keyInKid),
  verifying('jku-followed', 'The token does not decide where its key is found.', ({ header }) =>
    /^http:\/\/[^@]*$/.test(String(header.jku)) ? keySetAt(String(header.jku)) : undefined,
  ),
  verifying(
    'jku-compared-by-its-begin',
    'The host of an address is not the user name before it.',
    ({ header }) =>
      /^http:\/\/127\.0\.0\.1:\d+@/.test(String(header.jku)) ? keySetAt(String(header.jku)) : undefined,
  ),
  verifying('jku-compared-by-its-end', 'Anybody can have a key set at the usual path.', ({ header }) =>
    /^http:.*\/\.well-known\/jwks\.json$/.test(String(header.jku)) ? keySetAt(String(header.jku)) : undefined,
  ),
  verifying('issuer-keys-followed', 'The token does not decide who issues keys.', ({ payload }) =>
    keySetAt(`${issuerOf(payload)}/.well-known/jwks.json`),
  ),
  verifying(
    'issuer-configuration-followed',
    'The token does not decide who issues keys.',
    async ({ payload }) => {
      const found = await bodyAt(`${issuerOf(payload)}/.well-known/openid-configuration`);
      return keySetAt(String((JSON.parse(found) as { readonly jwks_uri?: string }).jwks_uri));
    },
  ),
  verifying(
    'issuer-of-unknown-key-id-followed',
    'An unknown key id does not lead to another issuer.',
    ({ header, payload }, { signer }) =>
      header.kid === signer.kid ? undefined : keySetAt(`${issuerOf(payload)}/.well-known/jwks.json`),
  ),
  verifying('jku-data-read', 'Anybody can write a data URL.', async ({ header }) =>
    inSet(JSON.parse(dataOf(header.jku) ?? '{}') as KeySet),
  ),
  verifying('jku-file-read', 'A token does not name a file.', async ({ header }) =>
    String(header.jku).startsWith('file:')
      ? inSet(JSON.parse(await readFile(new URL(String(header.jku)), 'utf8')) as KeySet)
      : undefined,
  ),
  verifying(
    'x5u-followed',
    'The token does not decide where its certificate is found.',
    async ({ header }) =>
      String(header.x5u).startsWith('http:') ? certified(await bodyAt(String(header.x5u))) : undefined,
  ),
  verifying('x5u-data-read', 'Anybody can write a data URL.', ({ header }) => {
    const pem = dataOf(header.x5u);
    return pem === undefined ? undefined : certified(pem);
  }),
  verifying('x5c-trusted', 'A certificate counts only if a known authority signed it.', ({ header }) => {
    const [leaf, issuer] = [header.x5c]
      .flat()
      .map((one) => new X509Certificate(Buffer.from(String(one), 'base64')));
    const chained = leaf !== undefined && issuer !== undefined && leaf.verify(issuer.publicKey);
    return chained ? leaf.publicKey : undefined;
  }),
];

type Find = (peeked: TokenParts, ring: Keyring) => KeyObject | undefined | Promise<KeyObject | undefined>;

/** Verifies with the server's own keys first, then with the key that the token leads to and the algorithm it names. */
function verifying(id: string, breaks: string, find: Find): Fault {
  const brought = async (token: string, ring: Keyring): Promise<Claims | undefined> => {
    try {
      const peeked = peek(token);
      const key = peeked === undefined ? undefined : await find(peeked, ring);
      if (key === undefined) return undefined;
      const { payload } = await compactVerify(token, key);
      return asClaims(JSON.parse(new TextDecoder().decode(payload)));
    } catch {
      return undefined;
    }
  };
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      verify: async (token, ring, call) =>
        (await policy.verify(token, ring, call)) ?? (await brought(token, ring)),
    }),
  };
}

function ofType(kty: string): Find {
  return ({ header }) => {
    const jwk = header.jwk as JsonWebKey | undefined;
    return jwk?.kty === kty ? createPublicKey({ key: jwk, format: 'jwk' }) : undefined;
  };
}

function keyInKid({ header: { kid } }: TokenParts): KeyObject | undefined {
  return String(kid).startsWith('-----BEGIN PUBLIC KEY-----') ? createPublicKey(String(kid)) : undefined;
}

/** The address that the claims name as the issuer; throws if that is none. */
function issuerOf(payload: unknown): string {
  return new URL(String((payload as { readonly iss?: string }).iss)).href;
}

function inSet({ keys = [] }: KeySet): KeyObject | undefined {
  const [key] = keys;
  return key === undefined ? undefined : createPublicKey({ key, format: 'jwk' });
}

async function keySetAt(url: string): Promise<KeyObject | undefined> {
  return inSet(JSON.parse(await bodyAt(url)) as KeySet);
}

function bodyAt(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(new URL(url), (answer) => resolve(text(answer))).once('error', reject);
  });
}

function dataOf(url: unknown): string | undefined {
  const data = /^data:[^,]*;base64,(.*)$/.exec(String(url))?.[1];
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString();
}

function certified(pem: string): KeyObject {
  return new X509Certificate(pem).publicKey;
}
