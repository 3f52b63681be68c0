import type { Forgery, PemSpelling, PublicKeySpelling } from '../../../harness/model/index.ts';
import type { Row } from '../each.ts';

/** A PEM text of the public key as somebody may have configured it, how it reads in a title, and what takes it. */
interface Pem extends PemSpelling {
  readonly id: string;
  readonly how: string;
  readonly fault: string;
}

const whitespace = 'public-pem-with-space-is-secret';
const prefix = 'public-pem-with-prefix-is-secret';
const lines = 'public-pem-in-other-lines-is-secret';
const pkcs1 = 'public-pkcs1-spelled-otherwise-is-secret';

const pems: readonly Pem[] = [
  { id: 'leading-newline', how: 'after a line break', pem: 'spki', before: '\n', fault: whitespace },
  { id: 'leading-space', how: 'after a space', pem: 'spki', before: ' ', fault: whitespace },
  { id: 'leading-tab', how: 'after a tab', pem: 'spki', before: '\t', fault: whitespace },
  { id: 'trailing-space', how: 'before a space', pem: 'spki', after: '\n ', fault: whitespace },
  { id: 'two-newlines', how: 'before two line breaks', pem: 'spki', after: '\n\n', fault: whitespace },
  { id: 'zero-width-space', how: 'after a zero-width space', pem: 'spki', before: '\u200b', fault: prefix },
  { id: 'byte-order-mark', how: 'after a byte order mark', pem: 'spki', before: '\ufeff', fault: prefix },
  { id: 'comment', how: 'after a comment', pem: 'spki', before: '# Public key\n', fault: prefix },
  { id: 'one-line', how: 'with its base64 in one line', pem: 'spki', width: 0, fault: lines },
  { id: 'longer-lines', how: 'in lines of 76', pem: 'spki', width: 76, fault: lines },
  {
    id: 'escaped-newlines',
    how: 'with \\n for its line breaks, as in a variable of the environment',
    pem: 'spki',
    newline: '\\n',
    fault: lines,
  },
  {
    id: 'spaces-for-newlines',
    how: 'with spaces for its line breaks',
    pem: 'spki',
    newline: ' ',
    fault: lines,
  },
  { id: 'bare', how: 'without its first and last line', pem: 'spki', bare: true, fault: lines },
  {
    id: 'crlf-without-final-newline',
    how: 'with CRLF and without the last one',
    pem: 'spki',
    newline: '\r\n',
    after: '',
    fault: 'public-pem-crlf-is-secret',
  },
  {
    id: 'pkcs1-without-final-newline',
    how: 'in PKCS #1 without its last line break',
    pem: 'pkcs1',
    after: '',
    fault: 'public-pkcs1-as-hmac-secret',
  },
  { id: 'pkcs1-crlf', how: 'in PKCS #1 with CRLF', pem: 'pkcs1', newline: '\r\n', fault: pkcs1 },
  {
    id: 'pkcs1-leading-newline',
    how: 'in PKCS #1 after a line break',
    pem: 'pkcs1',
    before: '\n',
    fault: pkcs1,
  },
  { id: 'pkcs1-leading-space', how: 'in PKCS #1 after a space', pem: 'pkcs1', before: ' ', fault: pkcs1 },
  {
    id: 'pkcs1-zero-width-space',
    how: 'in PKCS #1 after a zero-width space',
    pem: 'pkcs1',
    before: '\u200b',
    fault: pkcs1,
  },
];

const alg = 'HS256';
const keyed = (secret: Extract<Forgery['sign'], { hmac: string }>['secret']): Pick<Row, 'forge'> => ({
  forge: { header: { set: { alg } }, sign: { hmac: alg, secret } },
});

const bytes: readonly (Row & { readonly id: PublicKeySpelling })[] = [
  {
    id: 'raw-compressed-point',
    title: 'HS256 with the public key as its compressed point',
    catches: ['public-bytes-are-secret'],
  },
  { id: 'pkcs1-der', title: 'HS256 with the public key as PKCS #1 DER', catches: ['public-der-is-secret'] },
  {
    id: 'jwk-members',
    title: 'HS256 with the members of the JWK that make the key, in the order of their names',
    catches: ['public-members-are-secret'],
  },
  // CVE-2022-29217: a library rejected PEM texts as HMAC secrets, but not the lines of OpenSSH.
  {
    id: 'openssh-line',
    title: 'HS256 with the public key as OpenSSH line',
    catches: ['public-openssh-line-is-secret'],
  },
];

/** HS256 with the public key of the issuer in spellings that libraries were fooled with. */
export const publicPems: readonly Row[] = [
  ...pems.map(({ id, how, fault, ...publicPem }) => ({
    id: `pem-${id}`,
    title: `HS256 with the public key as PEM ${how}`,
    ...keyed({ publicPem }),
    catches: [fault],
  })),
  ...bytes.map((row) => ({ ...row, ...keyed({ publicKey: row.id }) })),
];
