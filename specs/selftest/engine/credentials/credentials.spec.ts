import { createHmac, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { compactVerify, exportSPKI, importJWK } from 'jose';
import { readPublicKeys } from '../../../../harness/engine/credentials/public-key.ts';
import { editSignature } from '../../../../harness/engine/credentials/signature-edits.ts';
import { strangerFor } from '../../../../harness/engine/credentials/signers.ts';
import type { Forgery, PublicKeySpelling, SignatureEdit } from '../../../../harness/model/index.ts';
import { createForger, type Forger, why } from '../../support/forging.ts';
import {
  type Algorithm,
  algorithms,
  createIssuer,
  decoded,
  type Issuer,
  segments,
} from '../../support/keys.ts';
import { ecdsaEdits, editedBytes } from '../../support/signatures.ts';
import { wordsOf } from '../../support/vocabulary.ts';

test.describe.configure({ mode: 'default' });

const forgers = new Map<Algorithm, Forger>();

test.beforeAll(async () => {
  for (const algorithm of algorithms) forgers.set(algorithm, await createForger(algorithm));
});

const bytesOf = (segment: string): Buffer => Buffer.from(segment, 'base64url');
const verifies = (token: string, key: CryptoKey | Uint8Array): Promise<boolean> =>
  compactVerify(token, key).then(
    () => true,
    () => false,
  );

const edits = wordsOf('credential', 'SignatureEdit') as SignatureEdit[];
const stillValid: readonly SignatureEdit[] = ['unused-bits', 'ecdsa-order-minus-s'];

for (const algorithm of algorithms) {
  test(`${algorithm}: the key verifies, and without a deviation there is nothing to try`, async () => {
    const { key, issuer, made } = forgers.get(algorithm)!;
    expect(await verifies(key.value, issuer.verifyWith)).toBe(true);
    for (const forgery of [{}, { header: { set: { alg: '$alg' } } }, { payload: { set: { sub: 'a' } } }]) {
      expect(await why(() => made(forgery))).toBe('NotForgeable: the key has this form already');
    }
  });

  for (const edit of edits) {
    const meaningless = ecdsaEdits.includes(edit) && algorithm !== 'ES256';
    test(`${algorithm}: ${edit} ${meaningless ? 'has no meaning' : 'does what it says'}`, async () => {
      const forged = forgers.get(algorithm)!.made({ sign: { bytes: edit } });
      if (meaningless) {
        const sentence = `NotForgeable: the keys are signed with ${algorithm}, not with ES256`;
        expect(await why(() => forged)).toBe(sentence);
        return;
      }
      const [header, payload, signature] = forgers.get(algorithm)!.original;
      const [newHeader, newPayload, newSignature] = segments(await forged);
      expect([newHeader, newPayload]).toEqual([header, payload]);
      expect(newSignature).not.toBe(signature);
      expect(newSignature).toMatch(/^[\w-]+$/);
      const [before, after] = [bytesOf(signature), bytesOf(newSignature)];
      if (edit === 'random') expect(after.length).toBe(before.length);
      else expect(after.toString('hex')).toBe(editedBytes(edit, before).toString('hex'));
      if (edit !== 'unused-bits') expect(after.equals(before)).toBe(false);
      const { verifyWith } = forgers.get(algorithm)!.issuer;
      if (stillValid.includes(edit) || edit === 'der') return;
      expect(await verifies(await forged, verifyWith)).toBe(false);
    });
  }

  test(`${algorithm}: a stranger signs with a key of the same kind that is not the issuer's`, async () => {
    const { issuer } = forgers.get(algorithm)!;
    const token = await forgers
      .get(algorithm)!
      .made({ header: { set: { jwk: '$stranger-jwk' } }, sign: 'stranger' });
    const { jwk, kid, alg } = decoded(segments(token)[0]) as { jwk: JsonWebKey; kid: string; alg: string };
    const stranger = await strangerFor(algorithm);
    expect({ jwk, kid, alg }).toEqual({
      jwk: { ...stranger.jwk, kid: issuer.kid },
      kid: issuer.kid,
      alg: algorithm,
    });
    expect(Object.keys(jwk)).not.toContain('d');
    const public_ = await importJWK(jwk as Parameters<typeof importJWK>[0], algorithm);
    expect(await verifies(token, public_)).toBe(true);
    expect(await verifies(token, issuer.verifyWith)).toBe(false);
    const plain = await forgers.get(algorithm)!.made({ sign: 'stranger' });
    expect(segments(plain).slice(0, 2)).toEqual(forgers.get(algorithm)!.original.slice(0, 2));
    expect(await verifies(plain, public_)).toBe(true);
  });
}

test('the other root of an ECDSA signature verifies, and so does its DER form if DER is accepted', async () => {
  const { issuer, key } = forgers.get('ES256')!;
  const twin = await forgers.get('ES256')!.made({ sign: { bytes: 'ecdsa-order-minus-s' } });
  expect(await verifies(twin, issuer.verifyWith)).toBe(true);
  const [header, payload, signature] = segments(await forgers.get('ES256')!.made({ sign: { bytes: 'der' } }));
  const publicKey = createPublicKey({ key: issuer.publicJwk as JsonWebKey, format: 'jwk' });
  const input = Buffer.from(`${header}.${payload}`);
  const check = (dsaEncoding: 'der' | 'ieee-p1363'): boolean =>
    verify('sha256', input, { key: publicKey, dsaEncoding }, bytesOf(signature));
  expect([check('der'), check('ieee-p1363')]).toEqual([true, false]);
  const unused = await forgers.get('ES256')!.made({ sign: { bytes: 'unused-bits' } });
  expect(bytesOf(segments(unused)[2]).equals(bytesOf(segments(key.value)[2]))).toBe(true);
});

test('DER integers are as short as possible and keep their sign', () => {
  const pair = (r: string, s: string): string =>
    Buffer.from(r.padStart(64, '0') + s.padStart(64, '0'), 'hex').toString('base64url');
  const der = (r: string, s: string): string =>
    bytesOf(editSignature(pair(r, s), 'der', 'ES256')).toString('hex');
  expect(der('1', '7f')).toBe('300602010102017f');
  expect(der('0', '80')).toBe('300702010002020080');
  expect(der('1', `80${'0'.repeat(62)}`)).toBe(`302602010102210080${'0'.repeat(62)}`);
});

test('a signature without unused bits has no second spelling', async () => {
  expect(await why(() => editSignature('AAAA', 'unused-bits', 'HS384'))).toBe(
    'NotForgeable: its signature leaves no unused base64url bits',
  );
});

test('an algorithm without key pairs has no stranger', async () => {
  expect(await why(() => strangerFor('XS256'))).toBe('NotForgeable: the suite cannot sign with XS256');
});

test('the signature is stripped, taken from another key or made with a secret', async () => {
  const [header, payload] = forgers.get('EdDSA')!.original;
  const other = segments(forgers.get('EdDSA')!.other.value);
  expect(await forgers.get('EdDSA')!.made({ sign: 'none' })).toBe(`${header}.${payload}.`);
  expect(await forgers.get('EdDSA')!.made({ sign: { of: 'read' } })).toBe(`${header}.${payload}.${other[2]}`);
  expect(await forgers.get('EdDSA')!.made({ payload: { of: 'read' } })).toBe(
    `${header}.${other[1]}.${forgers.get('EdDSA')!.original[2]}`,
  );
  const headed = await forgers.get('ES256')!.made({ header: { of: 'read' }, sign: 'none' });
  expect(headed).toBe(
    `${segments(forgers.get('ES256')!.other.value)[0]}.${forgers.get('ES256')!.original[1]}.`,
  );
  expect(await why(() => forgers.get('EdDSA')!.made({ payload: { of: 'revoked' } }))).toBe(
    'NotForgeable: the run has no revoked key',
  );
  for (const hash of ['HS256', 'HS384', 'HS512'] as const) {
    for (const secret of ['', 'secret', '\u0000']) {
      const token = await forgers
        .get('EdDSA')!
        .made({ header: { set: { alg: hash } }, sign: { hmac: hash, secret } });
      const [head, body, signature] = segments(token);
      expect(decoded(head)).toEqual({ alg: hash, kid: 'kid-eddsa', typ: 'JWT' });
      const mac = createHmac(`sha${hash.slice(2)}`, secret)
        .update(`${head}.${body}`)
        .digest('base64url');
      expect([body, signature]).toEqual([payload, mac]);
    }
  }
});

const spellings = wordsOf('credential', 'PublicKeySpelling') as PublicKeySpelling[];

const sized = (hex: string): string => (hex.length / 2).toString(16).padStart(8, '0') + hex;
const hexOf = (text: string | undefined, from: 'base64url' | 'utf8'): string =>
  Buffer.from(text ?? '', from).toString('hex');

/** As ssh-keygen writes it. */
function opensshLine({ kty, x, y, n, e }: JsonWebKey): string {
  const [type, ...parts] =
    kty === 'OKP'
      ? ['ssh-ed25519', hexOf(x, 'base64url')]
      : kty === 'EC'
        ? [
            'ecdsa-sha2-nistp256',
            hexOf('nistp256', 'utf8'),
            `04${hexOf(x, 'base64url')}${hexOf(y, 'base64url')}`,
          ]
        : ['ssh-rsa', hexOf(e, 'base64url'), `00${hexOf(n, 'base64url')}`];
  const hex = [hexOf(type, 'utf8'), ...parts].map(sized).join('');
  return `${type} ${Buffer.from(hex, 'hex').toString('base64')}`;
}

/** The bytes of a public key in each spelling, made with jose, while the suite uses Node. */
async function spelled(issuer: Issuer, jwks: string): Promise<Record<PublicKeySpelling, Buffer | undefined>> {
  const pem = await exportSPKI(issuer.verifyWith as CryptoKey);
  const base64 = pem.split('\n').slice(1, -1).join('');
  const { publicJwk } = issuer;
  const rsa = createPublicKey(pem).export({ type: 'spki', format: 'jwk' as 'pem' }) as unknown as JsonWebKey;
  const raw = String(publicJwk!.x ?? publicJwk!.n);
  return {
    'spki-pem': Buffer.from(`${pem}\n`),
    'spki-pem-without-final-newline': Buffer.from(pem),
    'spki-pem-crlf': Buffer.from(`${pem}\n`.replaceAll('\n', '\r\n')),
    'pkcs1-pem':
      rsa.kty === 'RSA'
        ? Buffer.from(createPublicKey(pem).export({ type: 'pkcs1', format: 'pem' }).toString())
        : undefined,
    'spki-der': Buffer.from(base64, 'base64'),
    'spki-base64': Buffer.from(base64),
    jwk: Buffer.from(JSON.stringify(publicJwk)),
    jwks: Buffer.from(jwks),
    'raw-bytes': Buffer.from(raw, 'base64url'),
    'raw-base64url': Buffer.from(raw),
    'raw-point':
      publicJwk!.kty === 'EC'
        ? Buffer.concat([
            Buffer.from('04', 'hex'),
            ...[publicJwk!.x!, publicJwk!.y!].map((one) => Buffer.from(one, 'base64url')),
          ])
        : undefined,
    'raw-compressed-point':
      publicJwk!.kty === 'EC'
        ? Buffer.concat([
            Buffer.of(Buffer.from(publicJwk!.y!, 'base64url').at(-1)! % 2 === 0 ? 2 : 3),
            Buffer.from(publicJwk!.x!, 'base64url'),
          ])
        : undefined,
    'pkcs1-der':
      rsa.kty === 'RSA' ? createPublicKey(pem).export({ type: 'pkcs1', format: 'der' }) : undefined,
    'openssh-line': Buffer.from(opensshLine(publicJwk!)),
    'jwk-members': Buffer.from(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(publicJwk!)
            .filter(([name]) => /^(crv|e|kty|n|x|y)$/.test(name))
            .sort(([one], [another]) => (one < another ? -1 : 1)),
        ),
      ),
    ),
  };
}

for (const algorithm of ['EdDSA', 'ES256', 'RS256', 'PS256'] as const) {
  test(`${algorithm}: an HMAC is keyed with exactly the bytes of each spelling of the public key`, async () => {
    const { issuer } = forgers.get(algorithm)!;
    const stranger = { ...(await createIssuer('EdDSA')).publicJwk, kid: 'another' };
    const jwks = ` ${JSON.stringify({ keys: [stranger, issuer.publicJwk] }, null, 1)}\n`;
    const expected = await spelled(issuer, jwks);
    expect(Object.keys(expected).sort()).toEqual([...spellings].sort());
    for (const publicKey of spellings) {
      const forged = forgers
        .get(algorithm)!
        .made({ header: { set: { alg: 'HS256' } }, sign: { hmac: 'HS256', secret: { publicKey } } }, jwks);
      const bytes = expected[publicKey];
      if (bytes === undefined) {
        const what = publicKey.startsWith('pkcs1')
          ? 'only RSA keys have a PKCS #1 spelling'
          : 'only elliptic curve keys have a point of two coordinates';
        expect(await why(() => forged)).toBe(`NotForgeable: ${what}`);
        continue;
      }
      const [header, payload, signature] = segments(await forged);
      const mac = createHmac('sha256', bytes).update(`${header}.${payload}`).digest('base64url');
      expect(signature, publicKey).toBe(mac);
    }
  });
}

test('without a usable public key there is nothing to misuse', async () => {
  const forgery: Forgery = { sign: { hmac: 'HS256', secret: { publicKey: 'spki-pem' } } };
  expect(await why(() => forgers.get('EdDSA')!.made(forgery))).toBe(
    'NotForgeable: the public key of the target is unknown',
  );
  expect(await why(() => forgers.get('EdDSA')!.made(forgery, '{"keys":[]}'))).toBe(
    'NotForgeable: the JWKS document holds no key',
  );
  for (const jwk of [{ kty: 'oct', k: 'c2VjcmV0' }, { kty: 'EC' }, 'no object', null]) {
    const jwks = JSON.stringify({ keys: [jwk] });
    expect(await why(() => forgers.get('EdDSA')!.made(forgery, jwks)), jwks).toBe(
      'NotForgeable: the public key of the target cannot be read',
    );
  }
  for (const text of ['{}', '[]', 'null', '{"keys":{}}']) {
    expect(() => readPublicKeys(text)).toThrow('it is not a JWKS document: it has no "keys" array');
  }
});
