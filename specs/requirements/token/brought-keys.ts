import type { Forgery, JsonObject } from '../../../harness/model/index.ts';
import type { Row } from '../each.ts';

const signed = (set: JsonObject, without: readonly string[] = []): Pick<Row, 'forge'> => ({
  forge: { header: { set, without }, sign: 'stranger' },
});

/** Signed with an algorithm of its own, whatever that of the issuer is. */
const signedWith = (stranger: NonNullable<Forgery['stranger']>, set: JsonObject): Pick<Row, 'forge'> => ({
  forge: { header: { set: { alg: '$stranger-alg', ...set } }, sign: 'stranger', stranger },
});

const embedded: readonly Row[] = [
  {
    id: 'jwk',
    title: 'the header brings the public key of the stranger who signed',
    ...signed({ jwk: '$stranger-jwk' }),
    catches: [
      'embedded-jwk-trusted',
      'signature-ignored',
      'version-public',
      'bad-signature-forbidden',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'jwk-without-key-id',
    title: "the header brings the stranger's public key and no key id",
    ...signed({ jwk: '$stranger-jwk' }, ['kid']),
    catches: ['embedded-jwk-trusted', 'missing-kid-unverified'],
  },
  {
    id: 'jwk-with-other-key-id',
    title: "the header brings the stranger's public key under its own key id",
    ...signed({ jwk: '$stranger-jwk', kid: 'conformance-stranger' }),
    catches: ['embedded-jwk-trusted', 'unknown-kid-unverified'],
  },
  {
    id: 'jwk-rsa',
    title: 'the header brings an RSA key, which signed with RS256',
    ...signedWith('RS256', { jwk: '$stranger-jwk' }),
    catches: ['embedded-rsa-jwk-trusted'],
  },
  {
    id: 'jwk-elliptic-curve',
    title: 'the header brings a key of the curve P-256, which signed with ES256',
    ...signedWith('ES256', { jwk: '$stranger-jwk' }),
    catches: ['embedded-ec-jwk-trusted'],
  },
  {
    id: 'jwk-edwards-curve',
    title: 'the header brings a key of the curve Ed25519, which signed with EdDSA',
    ...signedWith('EdDSA', { jwk: '$stranger-jwk' }),
    catches: ['embedded-okp-jwk-trusted'],
  },
  {
    id: 'jwk-shared-secret',
    title: 'the header brings the secret of an HMAC, which signed with HS256',
    ...signedWith('HS256', { jwk: '$stranger-jwk' }),
    catches: ['embedded-secret-trusted'],
  },
];

/** OpenSSL reads a key in this form wherever it expects the name of one. */
const keyIdsThatAreKeys: readonly Row[] = [
  {
    id: 'key-id-pem',
    title: "the key id is the stranger's public key as PEM",
    ...signed({ kid: '$stranger-pem' }),
    catches: ['kid-pem-trusted'],
  },
  {
    id: 'key-id-pem-rsa',
    title: 'the key id is a public RSA key as PEM, whose private key signed with RS256',
    ...signedWith('RS256', { kid: '$stranger-pem' }),
    catches: ['kid-pem-trusted'],
  },
  {
    id: 'key-id-pem-elliptic-curve',
    title: 'the key id is a public key of the curve P-256 as PEM, whose private key signed with ES256',
    ...signedWith('ES256', { kid: '$stranger-pem' }),
    catches: ['kid-pem-trusted'],
  },
];

const keySets: readonly Row[] = [
  {
    id: 'jku',
    title: "the header says where the stranger's public key is",
    ...signed({ jku: '$stranger-jwks-url' }),
    catches: ['jku-followed', 'jku-compared-by-its-end'],
  },
  {
    id: 'jku-other-algorithm',
    title: "the header says where the stranger's public key for RS256 is",
    ...signedWith('RS256', { jku: '$stranger-jwks-url' }),
    catches: ['jku-followed', 'jku-compared-by-its-end'],
  },
  {
    id: 'jku-behind-target',
    title: "the header says where the stranger's public key is, with the address of the target as user name",
    ...signed({ jku: '$stranger-jwks-behind-target' }),
    catches: ['jku-compared-by-its-begin', 'jku-compared-by-its-end'],
  },
  {
    id: 'jku-data',
    title: 'the header names a data URL as the place of the public key',
    ...signed({ jku: '$stranger-jwks-data' }),
    catches: ['jku-data-read'],
  },
  {
    id: 'jku-file',
    title: 'the header names a file as the place of the public key',
    ...signed({ jku: '$stranger-jwks-file' }),
    catches: ['jku-file-read'],
  },
];

const discovered = ['issuer-keys-followed', 'issuer-configuration-followed'];
const issuedElsewhere = { set: { iss: '$stranger-issuer' } } as const;

/** The claims name the stranger as the issuer, and the stranger publishes its key as issuers do. */
const issuers: readonly Row[] = [
  {
    id: 'issuer',
    title: "the claims name a stranger's address as the issuer, under which the stranger's public key is",
    forge: { payload: issuedElsewhere, sign: 'stranger' },
    catches: discovered,
  },
  {
    id: 'issuer-with-other-key-id',
    title: "the claims name a stranger's address as the issuer, and the header the stranger's key id",
    forge: { header: { set: { kid: 'conformance-stranger' } }, payload: issuedElsewhere, sign: 'stranger' },
    catches: [...discovered, 'issuer-of-unknown-key-id-followed'],
  },
  {
    id: 'issuer-other-algorithm',
    title: "the claims name a stranger's address as the issuer, under which a public key for RS256 is",
    forge: {
      header: { set: { alg: '$stranger-alg' } },
      payload: issuedElsewhere,
      sign: 'stranger',
      stranger: 'RS256',
    },
    catches: discovered,
  },
];

const certificates: readonly Row[] = [
  {
    id: 'x5u',
    title: "the header says where the stranger's certificate is",
    ...signed({ x5u: '$stranger-x5u' }),
    catches: ['x5u-followed'],
  },
  {
    id: 'x5u-data',
    title: "the header names a data URL as the place of the stranger's certificate",
    ...signed({ x5u: '$stranger-x5u-data' }),
    catches: ['x5u-data-read'],
  },
  {
    id: 'x5c',
    title: 'the header brings a certificate chain of an unknown authority',
    ...signed({ x5c: '$stranger-x5c' }),
    catches: ['x5c-trusted'],
  },
  {
    id: 'x5c-other-algorithm',
    title: 'the header brings a certificate chain for a key that signed with RS256',
    ...signedWith('RS256', { x5c: '$stranger-x5c' }),
    catches: ['x5c-trusted'],
  },
];

/** Keys that bring along what verifies them, or say where it is. */
export const brought: readonly Row[] = [
  ...embedded,
  ...keyIdsThatAreKeys,
  ...keySets,
  ...issuers,
  ...certificates,
];
