import { createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { compactVerify } from 'jose';
import { asClaims } from '../keyring.ts';
import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { isHmacOf, peek, type TokenParts } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

type KeySet = { readonly keys?: readonly JsonWebKey[] };

/** Faults that verify a key with what it brings along, or with what is where it says. */
export const broughtKeys: readonly Fault[] = [
  verifying('embedded-rsa-jwk-trusted', 'An RSA key that the token brings is not trusted.', ofType('RSA')),
  verifying('embedded-ec-jwk-trusted', 'A curve key that the token brings is not trusted.', ofType('EC')),
  verifying(
    'embedded-okp-jwk-trusted',
    'An Ed25519 key that the token brings is not trusted.',
    ofType('OKP'),
  ),
  trusting('embedded-secret-trusted', 'A secret that the token brings is none.', (peeked) => {
    const { kty, k = '' } = (peeked.header.jwk ?? {}) as JsonWebKey;
    return kty === 'oct' && isHmacOf(peeked, Buffer.from(k, 'base64url'));
  }),
  verifying('jku-followed', 'Whoever says where the key is does not decide that.', ({ header }) =>
    /^http:\/\/[^@]*$/.test(String(header.jku)) ? keySetAt(String(header.jku)) : undefined,
  ),
  verifying('jku-compared-by-its-begin', 'An address begins with the name of a user.', ({ header }) =>
    /^http:\/\/127\.0\.0\.1:\d+@/.test(String(header.jku)) ? keySetAt(String(header.jku)) : undefined,
  ),
  verifying('jku-data-read', 'A data URL is whoever wrote it.', async ({ header }) =>
    inSet(JSON.parse(dataOf(header.jku) ?? '{}') as KeySet),
  ),
  verifying('jku-file-read', 'No token names a file.', async ({ header }) =>
    String(header.jku).startsWith('file:')
      ? inSet(JSON.parse(await readFile(new URL(String(header.jku)), 'utf8')) as KeySet)
      : undefined,
  ),
  verifying(
    'x5u-followed',
    'Whoever says where the certificate is does not decide that.',
    async ({ header }) =>
      String(header.x5u).startsWith('http:') ? certified(await bodyAt(String(header.x5u))) : undefined,
  ),
  verifying('x5u-data-read', 'A data URL is whoever wrote it.', ({ header }) => {
    const pem = dataOf(header.x5u);
    return pem === undefined ? undefined : certified(pem);
  }),
  verifying('x5c-trusted', 'A certificate counts if a known authority signed it.', ({ header }) => {
    const [leaf, issuer] = [header.x5c]
      .flat()
      .map((one) => new X509Certificate(Buffer.from(String(one), 'base64')));
    const chained = leaf !== undefined && issuer !== undefined && leaf.verify(issuer.publicKey);
    return chained ? leaf.publicKey : undefined;
  }),
];

type Find = (peeked: TokenParts) => KeyObject | undefined | Promise<KeyObject | undefined>;

/** The server's own keys verify first; then what the token leads to, with whatever algorithm the token says. */
function verifying(id: string, breaks: string, find: Find): Fault {
  const brought = async (token: string): Promise<Claims | undefined> => {
    try {
      const peeked = peek(token);
      const key = peeked === undefined ? undefined : await find(peeked);
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
      verify: async (token, ring, call) => (await policy.verify(token, ring, call)) ?? (await brought(token)),
    }),
  };
}

function ofType(kty: string): Find {
  return ({ header }) => {
    const jwk = header.jwk as JsonWebKey | undefined;
    return jwk?.kty === kty ? createPublicKey({ key: jwk, format: 'jwk' }) : undefined;
  };
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
