import { createPublicKey } from 'node:crypto';
import type { Keyring } from '../keyring.ts';
import { isHmacOf } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

type Spell = (pem: string, der: Buffer, jwk: Record<string, string>) => readonly (string | Buffer)[];

const armour = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;

/** Spellings of the public key that a server was configured with as if it were a secret. */
const SPELLINGS: readonly (readonly [id: string, spell: Spell])[] = [
  ['public-pem-crlf-is-secret', (pem) => [crlf(pem), crlf(pem).trim()]],
  [
    'public-pem-with-space-is-secret',
    (pem) => [...['\n', ' ', '\t'].map((space) => space + pem), `${pem} `, `${pem}\n`],
  ],
  [
    'public-pem-with-prefix-is-secret',
    (pem) => ['\u200b', '\ufeff', '# Public key\n'].map((before) => before + pem),
  ],
  [
    'public-pem-in-other-lines-is-secret',
    (pem, der) => {
      const [first = '', ...rest] = pem.trim().split('\n');
      const last = rest.pop() ?? '';
      const base64 = der.toString('base64');
      const wide = base64.replaceAll(/.{76}(?=.)/g, '$&\n');
      return [
        `${first}\n${base64}\n${last}\n`,
        `${first}\n${wide}\n${last}\n`,
        pem.replaceAll('\n', '\\n'),
        pem.replaceAll('\n', ' '),
        `${rest.join('\n')}\n`,
      ];
    },
  ],
  ['public-der-is-secret', (_, der, jwk) => [der, der.toString('base64'), ...pkcs1Of(jwk)]],
  [
    'public-pkcs1-spelled-otherwise-is-secret',
    (_pem, _der, jwk) =>
      pkcs1Of(jwk)
        .map((der) => armour('RSA PUBLIC KEY', der))
        .flatMap((pem) => [crlf(pem), `\n${pem}`, ` ${pem}`, `\u200b${pem}`]),
  ],
  [
    'public-bytes-are-secret',
    (_pem, _der, { x, y, n }) => {
      if (x === undefined || y === undefined) return [x ?? n ?? ''];
      const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) % 2 === 1;
      return [x, Buffer.concat([Buffer.of(odd ? 3 : 2), Buffer.from(x, 'base64url')])];
    },
  ],
  [
    'public-openssh-line-is-secret',
    (_pem, der, { kty }) => {
      // The last 32 bytes of the DER are the key.
      const name = 'ssh-ed25519';
      const blob = [
        Buffer.from([0, 0, 0, 11]),
        Buffer.from(name),
        Buffer.from([0, 0, 0, 32]),
        der.subarray(-32),
      ];
      return kty === 'OKP' ? [`${name} ${Buffer.concat(blob).toString('base64')}`] : [];
    },
  ],
  [
    'public-members-are-secret',
    (_pem, _der, jwk) => [JSON.stringify(jwk, ['crv', 'e', 'kty', 'n', 'x', 'y'])],
  ],
];

/** Secrets that people leave in configurations. */
const LEFT_OVER: readonly (readonly [id: string, breaks: string, secrets: readonly string[]])[] = [
  ['weak-hmac-secret-accepted', 'A password is not a secret.', ['secret', 'password', 'changeme']],
  [
    'left-over-hmac-secret-accepted',
    'A secret from an example is not a secret.',
    ['your-256-bit-secret', 'mufi', 'undefined'],
  ],
  [
    'example-hmac-secret-accepted',
    'A secret from the documentation of a library is not a secret.',
    [
      'super-secret',
      'dev',
      '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
      'shhhhh',
      'your-secret-key',
    ],
  ],
  [
    'debugger-hmac-secret-accepted',
    'A secret from a page that decodes keys is not a secret.',
    ['a-string-secret-at-least-256-bits-long'],
  ],
];

/** Faults in the choice of an HMAC secret. */
export const secrets: readonly Fault[] = [
  trusting(
    'empty-hmac-secret-accepted',
    'The key decides the algorithm.',
    (peeked, { signer }) => peeked.header.kid === signer.kid && isHmacOf(peeked, ''),
  ),
  ...LEFT_OVER.map(([id, breaks, texts]) =>
    trusting(id, breaks, (peeked) => texts.some((text) => isHmacOf(peeked, text))),
  ),
  ...SPELLINGS.map(([id, spell]) =>
    trusting(id, 'A public key is not a secret, in whatever form.', (peeked, ring) =>
      spelled(ring, spell).some((secret) => secret.length > 0 && isHmacOf(peeked, secret)),
    ),
  ),
  {
    id: 'private-part-published',
    breaks: 'The JWKS document has only public keys.',
    override: () => ({
      publish: (key) => ({ ...key, d: Buffer.alloc(32, 'private').toString('base64url') }),
    }),
  },
  {
    id: 'keys-signed-with-leaked-secret',
    breaks: 'The HMAC secret is not on a list of known secrets.',
    secret: 'your_jwt_secret',
  },
];

function spelled({ signer }: Keyring, spell: Spell): readonly (string | Buffer)[] {
  const { publicJwk, publicPem } = signer;
  if (publicJwk === undefined || publicPem === undefined) return [];
  const pem = `${publicPem.trim()}\n`;
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return spell(pem, der, publicJwk as Record<string, string>);
}

function pkcs1Of(jwk: Record<string, string>): Buffer[] {
  if (jwk.kty !== 'RSA') return [];
  return [createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs1', format: 'der' })];
}

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
