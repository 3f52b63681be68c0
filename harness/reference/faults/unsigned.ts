import { asClaims } from '../keyring.ts';
import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { believed, peek } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

/** Faults that accept as signed what anybody can create. */
export const unsigned: readonly Fault[] = [
  trusting(
    'psychic-es256-accepted',
    'Zero is not an ECDSA signature (CVE-2022-21449).',
    ({ header, signature }) => {
      const hex = Buffer.from(signature, 'base64url').toString('hex');
      return header.alg === 'ES256' && [ORDER + ORDER, '0'.repeat(128)].includes(hex);
    },
  ),
  trusting(
    'psychic-der-accepted',
    'Zero is not an ECDSA signature, in DER either.',
    ({ header, signature }) =>
      header.alg === 'ES256' && Buffer.from(signature, 'base64url').toString('hex') === '3006020100020100',
  ),
  decrypting('encrypted-claims-believed', (text) => asClaims(parsed(text))),
  decrypting('encrypted-unsigned-believed', (text) => believed(text, ({ header }) => header.alg === 'none')),
  decrypting('encrypted-stripped-believed', (text) =>
    believed(text, ({ header, signature }) => header.alg !== 'none' && signature === ''),
  ),
  readingJson('json-decoy-believed', (text) => /"([\w-]+\.[\w-]+)\.":""/.exec(text)?.[1]),
  readingJson('json-last-payload-believed', (text) => {
    const payloads = [...text.matchAll(/"payload":"([\w-]+)"/g)].map(([, payload = '']) => payload);
    return payloads.length > 1 ? `.${payloads.at(-1)}` : undefined;
  }),
];

/** Believes a token because it is encrypted to the server. Anybody can encrypt to a public key. */
function decrypting(id: string, read: (text: string) => Claims | undefined): Fault {
  return {
    id,
    breaks: 'Encryption to a public key signs nothing.',
    override: (policy: Policy) => ({
      verify: async (token, ring, call) => {
        const text = token.split('.').length === 5 ? await ring.signer.decrypt?.(token) : undefined;
        return (text === undefined ? undefined : read(text)) ?? policy.verify(token, ring, call);
      },
    }),
  };
}

/** One parser verifies the first of each member of a JSON serialization; another finds the claims. */
function readingJson(id: string, find: (text: string) => string | undefined): Fault {
  return {
    id,
    breaks: 'A key is a compact token, and the server reads what it verified.',
    override: (policy: Policy) => ({
      parseAuthorization: (value) => {
        const token = /^bearer +(\{\S+\})$/i.exec(value)?.[1];
        return token === undefined ? policy.parseAuthorization(value) : { kind: 'token', token };
      },
      verify: async (text, ring, call) => {
        const found = text.startsWith('{') ? find(text) : undefined;
        if (found === undefined) return policy.verify(text, ring, call);
        const member = (name: string): string => new RegExp(`"${name}":"([\\w-]+)"`).exec(text)?.[1] ?? '';
        const compact = ['protected', 'payload', 'signature'].map(member).join('.');
        const verified = await policy.verify(compact, ring, call);
        return verified && asClaims(peek(`e30${found.slice(found.indexOf('.'))}.`)?.payload);
      },
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
