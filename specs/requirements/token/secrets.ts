import type { Forgery, PublicKeySpelling, Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { rfc } from '../sources.ts';
import { publicPems } from './public-pems.ts';

const secret = (text: string, alg: 'HS256' | 'HS384' | 'HS512' = 'HS256'): Forgery => ({
  header: { set: { alg } },
  sign: { hmac: alg, secret: text },
});

/** Secrets in the documentation of libraries, which people copy. */
const examples: readonly (readonly [id: string, secret: string, where: string])[] = [
  ['documentation-of-flask-jwt-extended', 'super-secret', 'documentation of Flask-JWT-Extended'],
  ['tutorial-of-flask', 'dev', 'tutorial of Flask'],
  [
    'tutorial-of-fastapi',
    '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
    'tutorial of FastAPI',
  ],
  ['readme-of-jsonwebtoken', 'shhhhh', 'README of jsonwebtoken'],
  ['template', 'your-secret-key', 'template of many projects'],
];

const secrets: readonly Row[] = [
  {
    id: 'empty',
    title: 'HS256 with an empty secret',
    forge: secret(''),
    catches: [
      'empty-hmac-secret-accepted',
      'version-public',
      'bad-signature-forbidden',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'empty-hs512',
    title: 'HS512 with an empty secret',
    forge: secret('', 'HS512'),
    catches: ['empty-hmac-secret-accepted'],
  },
  {
    id: 'zero-byte',
    title: 'HS256 with a zero byte as secret',
    forge: secret('\u0000'),
    catches: ['empty-hmac-secret-accepted'],
  },
  {
    id: 'secret',
    title: 'HS256 with the secret "secret"',
    forge: secret('secret'),
    catches: ['weak-hmac-secret-accepted', 'signature-ignored'],
  },
  {
    id: 'password',
    title: 'HS256 with the secret "password"',
    forge: secret('password'),
    catches: ['weak-hmac-secret-accepted'],
  },
  {
    id: 'changeme',
    title: 'HS256 with the secret "changeme"',
    forge: secret('changeme'),
    catches: ['weak-hmac-secret-accepted'],
  },
  {
    id: 'tutorial',
    title: 'HS256 with the secret of a well-known tutorial',
    forge: secret('your-256-bit-secret'),
    catches: ['left-over-hmac-secret-accepted'],
  },
  {
    id: 'product-name',
    title: 'HS256 with the name of the product as secret',
    forge: secret('mufi'),
    catches: ['left-over-hmac-secret-accepted'],
  },
  {
    id: 'undefined',
    title: 'HS256 with the text of an unset variable as secret',
    forge: secret('undefined'),
    catches: ['left-over-hmac-secret-accepted'],
  },
  {
    id: 'debugger-of-jwt-io',
    title: 'HS256 with the secret of the debugger of jwt.io',
    forge: secret('a-string-secret-at-least-256-bits-long'),
    catches: ['debugger-hmac-secret-accepted'],
  },
  ...examples.map(
    ([id, text, where]): Row => ({
      id,
      title: `HS256 with the secret of the ${where}`,
      forge: secret(text),
      catches: ['example-hmac-secret-accepted'],
    }),
  ),
];

/** A spelling of the public key, and how it reads in a title. */
interface KeySpelling {
  readonly spelling: PublicKeySpelling;
  readonly how: string;
  readonly catches: readonly string[];
}

const spellings: readonly KeySpelling[] = [
  {
    spelling: 'spki-pem',
    how: 'as PEM',
    catches: [
      'public-pem-as-hmac-secret',
      'signature-ignored',
      'version-public',
      'bad-signature-forbidden',
      'unauthorized-redirects',
    ],
  },
  {
    spelling: 'spki-pem-without-final-newline',
    how: 'as PEM without its last line break',
    catches: ['public-pem-as-hmac-secret'],
  },
  { spelling: 'spki-pem-crlf', how: 'as PEM with CRLF', catches: ['public-pem-crlf-is-secret'] },
  { spelling: 'pkcs1-pem', how: 'as PKCS #1 PEM', catches: ['public-pkcs1-as-hmac-secret'] },
  { spelling: 'spki-der', how: 'as DER', catches: ['public-der-is-secret'] },
  { spelling: 'spki-base64', how: 'as DER in base64', catches: ['public-der-is-secret'] },
  { spelling: 'jwk', how: 'as JWK', catches: ['public-jwk-as-hmac-secret'] },
  { spelling: 'jwks', how: 'as the whole JWKS document', catches: ['public-jwk-as-hmac-secret'] },
  { spelling: 'raw-bytes', how: 'as its raw bytes', catches: ['public-jwk-as-hmac-secret'] },
  { spelling: 'raw-base64url', how: 'as its raw bytes in base64url', catches: ['public-bytes-are-secret'] },
  { spelling: 'raw-point', how: 'as its uncompressed point', catches: ['public-point-as-hmac-secret'] },
];

const publicKey = (spelling: PublicKeySpelling, alg: 'HS256' | 'HS384' | 'HS512'): Forgery => ({
  header: { set: { alg } },
  sign: { hmac: alg, secret: { publicKey: spelling } },
});

/** What nobody else may know: the secret of an HMAC. */
export const sharedSecret: readonly Requirement[] = [
  {
    id: 'token/secret-not-guessable',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key signed with an empty or well-known HMAC secret is rejected with 401.',
    source: rfc(8725, '3.5 Ensure Cryptographic Keys Have Sufficient Entropy'),
    advice: 'Use random secrets of at least 256 bits and do not start without one, or use asymmetric keys.',
    explainedBy: ['token/signature-verified'],
    scenarios: [
      ...each(rejected, secrets),
      {
        id: 'supplied-keys',
        title: 'the supplied keys are verified with secrets from public lists',
        procedure: 'keys are signed with no leaked secret',
        to: 'one read operation',
        expect: 'accepted',
        catches: ['keys-signed-with-leaked-secret'],
      },
    ],
  },
  {
    id: 'token/jwks-has-no-secret',
    level: 'MUST',
    profile: 'core',
    sentence: 'The JWKS document has no private and no symmetric keys.',
    source: rfc(7517, '9.2 Preventing Disclosure of Non-Public Key Information'),
    advice: 'Replace the signing key, because anybody may have read it; publish only its public members.',
    scenarios: [
      {
        id: 'members',
        title: 'the members of each key in the JWKS document are read',
        procedure: 'the JWKS document has no secret',
        to: 'one read operation',
        expect: 'accepted',
        catches: ['private-part-published'],
      },
    ],
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
      ...each({ ...rejected, needs: ['public-key'] }, [
        ...spellings.map(({ spelling, how, catches }) => ({
          id: spelling,
          title: `HS256 with the public key ${how}`,
          forge: publicKey(spelling, 'HS256'),
          catches,
        })),
        {
          id: 'spki-pem-hs384',
          title: 'HS384 with the public key as PEM',
          forge: publicKey('spki-pem', 'HS384'),
          catches: ['public-pem-as-hmac-secret'],
        },
        {
          id: 'spki-pem-hs512',
          title: 'HS512 with the public key as PEM',
          forge: publicKey('spki-pem', 'HS512'),
          catches: ['public-pem-as-hmac-secret'],
        },
        ...publicPems,
      ]),
      {
        id: 'brought-public-key',
        title: 'HS256 with a public key as PEM that the header brings along',
        ...rejected,
        forge: {
          header: { set: { alg: 'HS256', jwk: '$stranger-jwk' } },
          sign: { hmac: 'HS256', secret: { strangerKey: 'spki-pem' } },
        },
        catches: ['brought-public-key-as-hmac-secret'],
      },
    ],
  },
];
