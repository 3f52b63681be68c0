import type { Forgery, JsonValue, PublicKeySpelling, Requirement } from '../../../harness/model/index.ts';
import { rfc } from '../sources.ts';

type Row = readonly [id: string, forge: Forgery, title: string, ...catches: string[]];

const unsigned = (alg: JsonValue, rest: Partial<Forgery> = {}): Forgery => ({
  header: { set: { alg } },
  sign: 'none',
  ...rest,
});

const none: readonly Row[] = [
  [
    'none',
    unsigned('none'),
    'the algorithm is none and the signature empty',
    'alg-none-accepted',
    'version-public',
    'bad-signature-forbidden',
    'unauthorized-redirects',
  ],
  [
    'none-without-dot',
    unsigned('none', { compact: '{header}.{payload}' }),
    'the algorithm is none and the last dot is missing',
    'missing-signature-accepted',
  ],
  ['capitalised-none', unsigned('None'), 'the algorithm is None', 'alg-none-misspelt-accepted'],
  ['upper-case-none', unsigned('NONE'), 'the algorithm is NONE', 'alg-none-misspelt-accepted'],
  ['mixed-case-none', unsigned('nOnE'), 'the algorithm is nOnE', 'alg-none-misspelt-accepted'],
  ['none-with-space', unsigned('none '), 'a space follows the algorithm none', 'alg-none-misspelt-accepted'],
  ['none-with-null', unsigned('none\u0000'), 'a zero byte follows the algorithm none', 'signature-ignored'],
  [
    'none-with-signature',
    { header: { set: { alg: 'none' } } },
    'the algorithm is none and the signature is kept',
    'alg-none-accepted',
    'verified-by-signature',
  ],
  [
    'none-with-random-signature',
    { header: { set: { alg: 'none' } }, sign: { bytes: 'random' } },
    'the algorithm is none and the signature random',
    'alg-none-accepted',
  ],
  [
    'none-twice',
    { header: { text: '{{members},"alg":"none"}' }, sign: 'none' },
    'the header names its algorithm twice, last as none',
    'alg-none-accepted',
  ],
  [
    'none-only',
    { header: { text: '{"alg":"none"}' }, sign: 'none' },
    'the header holds nothing but the algorithm none',
    'alg-none-accepted',
    'missing-kid-unverified',
  ],
];

const names: readonly Row[] = [
  [
    'missing',
    { header: { without: ['alg'] } },
    'the header names no algorithm',
    'verified-by-signature',
    'version-public',
    'bad-signature-forbidden',
    'signature-ignored',
    'unauthorized-redirects',
  ],
  ['empty', { header: { set: { alg: '' } } }, 'the algorithm is an empty text', 'verified-by-signature'],
  ['null', { header: { set: { alg: null } } }, 'the algorithm is null', 'header-type-crashes'],
  ['number', { header: { set: { alg: 256 } } }, 'the algorithm is a number', 'header-type-crashes'],
  ['boolean', { header: { set: { alg: true } } }, 'the algorithm is true', 'header-type-crashes'],
  [
    'array',
    { header: { set: { alg: ['none', 'EdDSA'] } } },
    'the algorithm is a list',
    'header-type-crashes',
  ],
  [
    'object',
    { header: { set: { alg: { name: 'none' } } } },
    'the algorithm is an object',
    'header-type-crashes',
  ],
  ['unknown', { header: { set: { alg: 'HS257' } } }, 'the algorithm does not exist', 'verified-by-signature'],
  [
    'encryption',
    { header: { set: { alg: 'dir', enc: 'A128GCM' } } },
    'the algorithm is one for encryption',
    'verified-by-signature',
  ],
  [
    'path',
    { header: { set: { alg: '../../../../dev/null' } } },
    'the algorithm is a path',
    'verified-by-signature',
  ],
  [
    'long',
    { header: { set: { alg: 'x'.repeat(2_000) } } },
    'the algorithm is 2,000 characters long',
    'verified-by-signature',
  ],
  [
    'prototype',
    { header: { set: { alg: 'constructor' } } },
    'the algorithm is the name of a property that every object has',
    'verified-by-signature',
  ],
];

const secret = (text: string, alg: 'HS256' | 'HS384' | 'HS512' = 'HS256'): Forgery => ({
  header: { set: { alg } },
  sign: { hmac: alg, secret: text },
});

const secrets: readonly Row[] = [
  [
    'empty',
    secret(''),
    'HS256 with an empty secret',
    'empty-hmac-secret-accepted',
    'version-public',
    'bad-signature-forbidden',
    'unauthorized-redirects',
  ],
  ['empty-hs512', secret('', 'HS512'), 'HS512 with an empty secret', 'empty-hmac-secret-accepted'],
  ['zero-byte', secret('\u0000'), 'HS256 with a zero byte as secret', 'empty-hmac-secret-accepted'],
  ['secret', secret('secret'), 'HS256 with the secret "secret"', 'weak-hmac-secret-accepted'],
  ['password', secret('password'), 'HS256 with the secret "password"', 'signature-ignored'],
  ['changeme', secret('changeme'), 'HS256 with the secret "changeme"', 'signature-ignored'],
  [
    'tutorial',
    secret('your-256-bit-secret'),
    'HS256 with the secret of a well-known tutorial',
    'signature-ignored',
  ],
  ['product-name', secret('mufi'), 'HS256 with the name of the product as secret', 'signature-ignored'],
  [
    'undefined',
    secret('undefined'),
    'HS256 with the text of an unset variable as secret',
    'signature-ignored',
  ],
];

const spellings: readonly (readonly [PublicKeySpelling, string, ...catches: string[]])[] = [
  [
    'spki-pem',
    'as PEM',
    'public-pem-as-hmac-secret',
    'version-public',
    'bad-signature-forbidden',
    'unauthorized-redirects',
  ],
  ['spki-pem-without-final-newline', 'as PEM without its last line break', 'public-pem-as-hmac-secret'],
  ['spki-pem-crlf', 'as PEM with CRLF', 'signature-ignored'],
  ['pkcs1-pem', 'as PKCS #1 PEM', 'public-pkcs1-as-hmac-secret'],
  ['spki-der', 'as DER', 'signature-ignored'],
  ['spki-base64', 'as DER in base64', 'signature-ignored'],
  ['jwk', 'as JWK', 'public-jwk-as-hmac-secret'],
  ['jwks', 'as the whole JWKS document', 'public-jwk-as-hmac-secret'],
  ['raw-bytes', 'as its raw bytes', 'public-jwk-as-hmac-secret'],
  ['raw-base64url', 'as its raw bytes in base64url', 'signature-ignored'],
  ['raw-point', 'as its uncompressed point', 'public-point-as-hmac-secret'],
];

const publicKey = (spelling: PublicKeySpelling, alg: 'HS256' | 'HS384' | 'HS512'): Forgery => ({
  header: { set: { alg } },
  sign: { hmac: alg, secret: { publicKey: spelling } },
});

const send = ([id, forge, title, ...catches]: Row) => ({
  id,
  title,
  forge,
  to: 'every operation' as const,
  expect: 'unauthorized' as const,
  catches,
});

const sendKnown = (row: Row) => ({ ...send(row), needs: ['public-key' as const] });

/** Who chooses the algorithm: the server, never the key. */
export const algorithm: readonly Requirement[] = [
  {
    id: 'token/algorithm-none-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key that calls itself unsigned is rejected with 401, however it spells "none".',
    source: rfc(8725, '3.2 Use Appropriate Algorithms'),
    advice: 'Give the verifier an explicit list of algorithms; "none" is on no list.',
    explainedBy: ['token/signature-verified'],
    scenarios: none.map(send),
  },
  {
    id: 'token/algorithm-fixed-by-server',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header names no, an unknown or a malformed algorithm is rejected with 401.',
    source: rfc(8725, '3.1 Perform Algorithm Verification'),
    advice: 'Compare the algorithm in the header with the one that belongs to the key; never look it up.',
    explainedBy: ['token/signature-verified'],
    scenarios: names.map(send),
  },
  {
    id: 'token/secret-not-guessable',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key signed with an empty or well-known HMAC secret is rejected with 401.',
    source: rfc(8725, '3.5 Ensure Cryptographic Keys Have Sufficient Entropy'),
    advice: 'Use random secrets of at least 256 bits, refuse to start without one, or use asymmetric keys.',
    explainedBy: ['token/signature-verified'],
    scenarios: secrets.map(send),
  },
  {
    id: 'token/public-key-is-no-secret',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key signed by HMAC with the public key as secret is rejected with 401.',
    source: rfc(8725, '2.1 Weak Signatures and Insufficient Signature Validation'),
    advice: 'Bind each verification key to one algorithm; never hand a public key to an HMAC function.',
    explainedBy: ['token/signature-verified'],
    scenarios: [
      ...spellings.map(([spelling, how, ...catches]) =>
        sendKnown([spelling, publicKey(spelling, 'HS256'), `HS256 with the public key ${how}`, ...catches]),
      ),
      sendKnown([
        'spki-pem-hs384',
        publicKey('spki-pem', 'HS384'),
        'HS384 with the public key as PEM',
        'public-pem-as-hmac-secret',
      ]),
      sendKnown([
        'spki-pem-hs512',
        publicKey('spki-pem', 'HS512'),
        'HS512 with the public key as PEM',
        'public-pem-as-hmac-secret',
      ]),
      send([
        'brought-public-key',
        {
          header: { set: { alg: 'HS256', jwk: '$stranger-jwk' } },
          sign: { hmac: 'HS256', secret: { strangerKey: 'spki-pem' } },
        },
        'HS256 with a public key as PEM that the header brings along',
        'brought-public-key-as-hmac-secret',
      ]),
    ],
  },
];
