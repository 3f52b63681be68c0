import type {
  Expectation,
  Forgery,
  JsonValue,
  PublicKeySpelling,
  Requirement,
} from '../../../harness/model.ts';
import { rfc } from '../sources.ts';

type Row = readonly [id: string, forge: Forgery, title: string, expect?: Expectation];

const unsigned = (alg: JsonValue, rest: Partial<Forgery> = {}): Forgery => ({
  header: { set: { alg } },
  sign: 'none',
  ...rest,
});

const none: readonly Row[] = [
  ['none', unsigned('none'), 'the algorithm is none and the signature empty'],
  [
    'none-without-dot',
    unsigned('none', { compact: '{header}.{payload}' }),
    'the algorithm is none and the last dot is missing',
  ],
  ['capitalised-none', unsigned('None'), 'the algorithm is None'],
  ['upper-case-none', unsigned('NONE'), 'the algorithm is NONE'],
  ['mixed-case-none', unsigned('nOnE'), 'the algorithm is nOnE'],
  ['none-with-space', unsigned('none '), 'a space follows the algorithm none'],
  ['none-with-null', unsigned('none\u0000'), 'a zero byte follows the algorithm none'],
  [
    'none-with-signature',
    { header: { set: { alg: 'none' } } },
    'the algorithm is none and the signature is kept',
  ],
  [
    'none-with-random-signature',
    { header: { set: { alg: 'none' } }, sign: { bytes: 'random' } },
    'the algorithm is none and the signature random',
  ],
  [
    'none-twice',
    { header: { text: '{{members},"alg":"none"}' }, sign: 'none' },
    'the header names its algorithm twice, last as none',
  ],
  [
    'none-only',
    { header: { text: '{"alg":"none"}' }, sign: 'none' },
    'the header holds nothing but the algorithm none',
  ],
];

const names: readonly Row[] = [
  ['missing', { header: { without: ['alg'] } }, 'the header names no algorithm'],
  ['empty', { header: { set: { alg: '' } } }, 'the algorithm is an empty text'],
  ['null', { header: { set: { alg: null } } }, 'the algorithm is null'],
  ['number', { header: { set: { alg: 256 } } }, 'the algorithm is a number'],
  ['boolean', { header: { set: { alg: true } } }, 'the algorithm is true'],
  ['array', { header: { set: { alg: ['none', 'EdDSA'] } } }, 'the algorithm is a list'],
  ['object', { header: { set: { alg: { name: 'none' } } } }, 'the algorithm is an object'],
  ['unknown', { header: { set: { alg: 'HS257' } } }, 'the algorithm does not exist'],
  ['encryption', { header: { set: { alg: 'dir', enc: 'A128GCM' } } }, 'the algorithm is one for encryption'],
  ['path', { header: { set: { alg: '../../../../dev/null' } } }, 'the algorithm is a path'],
  ['long', { header: { set: { alg: 'x'.repeat(2_000) } } }, 'the algorithm is 2,000 characters long'],
  [
    'prototype',
    { header: { set: { alg: 'constructor' } } },
    'the algorithm is the name of a property that every object has',
  ],
];

const secret = (text: string, alg: 'HS256' | 'HS384' | 'HS512' = 'HS256'): Forgery => ({
  header: { set: { alg } },
  sign: { hmac: alg, secret: text },
});

const secrets: readonly Row[] = [
  ['empty', secret(''), 'HS256 with an empty secret'],
  ['empty-hs512', secret('', 'HS512'), 'HS512 with an empty secret'],
  ['zero-byte', secret('\u0000'), 'HS256 with a zero byte as secret'],
  ['secret', secret('secret'), 'HS256 with the secret "secret"'],
  ['password', secret('password'), 'HS256 with the secret "password"'],
  ['changeme', secret('changeme'), 'HS256 with the secret "changeme"'],
  ['tutorial', secret('your-256-bit-secret'), 'HS256 with the secret of a well-known tutorial'],
  ['product-name', secret('mufi'), 'HS256 with the name of the product as secret'],
  ['undefined', secret('undefined'), 'HS256 with the text of an unset variable as secret'],
];

const spellings: readonly (readonly [PublicKeySpelling, string])[] = [
  ['spki-pem', 'as PEM'],
  ['spki-pem-without-final-newline', 'as PEM without its last line break'],
  ['spki-pem-crlf', 'as PEM with CRLF'],
  ['pkcs1-pem', 'as PKCS #1 PEM'],
  ['spki-der', 'as DER'],
  ['spki-base64', 'as DER in base64'],
  ['jwk', 'as JWK'],
  ['jwks', 'as the whole JWKS document'],
  ['raw-bytes', 'as its raw bytes'],
  ['raw-base64url', 'as its raw bytes in base64url'],
];

const publicKey = (spelling: PublicKeySpelling, alg: 'HS256' | 'HS384' | 'HS512'): Forgery => ({
  header: { set: { alg } },
  sign: { hmac: alg, secret: { publicKey: spelling } },
});

const send = ([id, forge, title, expect]: Row) => ({
  id,
  title,
  forge,
  to: 'every operation' as const,
  expect: expect ?? ('unauthorized' as const),
  catches: [],
});

/** Who chooses the algorithm: the server, never the key. */
export const algorithm: readonly Requirement[] = [
  {
    id: 'token/algorithm-none-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key that calls itself unsigned is rejected with 401, however it spells "none".',
    source: rfc(8725, '3.2 Use Appropriate Algorithms'),
    advice: 'Give the verifier an explicit list of algorithms; "none" is on no list.',
    scenarios: none.map(send),
  },
  {
    id: 'token/algorithm-fixed-by-server',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header names no, an unknown or a malformed algorithm is rejected with 401.',
    source: rfc(8725, '3.1 Perform Algorithm Verification'),
    advice: 'Compare the algorithm in the header with the one that belongs to the key; never look it up.',
    scenarios: names.map(send),
  },
  {
    id: 'token/secret-not-guessable',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key signed with an empty or well-known HMAC secret is rejected with 401.',
    source: rfc(8725, '3.5 Ensure Cryptographic Keys Have Sufficient Entropy'),
    advice: 'Use random secrets of at least 256 bits, refuse to start without one, or use asymmetric keys.',
    scenarios: secrets.map(send),
  },
  {
    id: 'token/public-key-is-no-secret',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key signed by HMAC with the public key as secret is rejected with 401.',
    source: rfc(8725, '2.1 Weak Signatures and Insufficient Signature Validation'),
    advice: 'Bind each verification key to one algorithm; never hand a public key to an HMAC function.',
    needs: ['public-key'],
    scenarios: [
      ...spellings.map(([spelling, how]) =>
        send([spelling, publicKey(spelling, 'HS256'), `HS256 with the public key ${how}`]),
      ),
      send(['spki-pem-hs384', publicKey('spki-pem', 'HS384'), 'HS384 with the public key as PEM']),
      send(['spki-pem-hs512', publicKey('spki-pem', 'HS512'), 'HS512 with the public key as PEM']),
    ],
  },
];
