import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { greatestCommonDivisor } from '../../../../harness/engine/credentials/greatest-common-divisor.ts';
import { recoverPublicKeys } from '../../../../harness/engine/credentials/recover-public-key.ts';
import { recoverRsaKey } from '../../../../harness/engine/credentials/recover-rsa-key.ts';
import type { Key } from '../../../../harness/model/index.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { requirementsThat, runEngine } from '../../support/engine.ts';
import { behind, type Front } from '../../support/front.ts';

async function issuer(alg: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const issue = async (permission: string): Promise<Key> => ({
    value: await new SignJWT({ permission }).setProtectedHeader({ alg, kid: 'one' }).sign(privateKey),
    variable: 'MUFI_WRITE_KEY',
    description: 'write key',
  });
  return { jwk: { ...(await exportJWK(publicKey)), kid: 'one' }, issue };
}

for (const alg of ['ES256', 'ES384', 'ES512']) {
  test(`two keys signed with ${alg} give their public key away`, async () => {
    const { jwk, issue } = await issuer(alg);
    const recovered = recoverPublicKeys([await issue('write'), await issue('read')]);
    expect(JSON.parse(recovered ?? '{}')).toEqual({ keys: [jwk] });
  });
}

test('keys of two signers, a single key, and keys signed otherwise give nothing away', async () => {
  const [one, other, edwards] = await Promise.all(['ES256', 'ES256', 'EdDSA'].map(issuer));
  const [write, read] = [await one!.issue('write'), await other!.issue('read')];
  expect(recoverPublicKeys([write, read])).toBeUndefined();
  expect(recoverPublicKeys([write])).toBeUndefined();
  expect(recoverPublicKeys([await edwards!.issue('write'), await edwards!.issue('read')])).toBeUndefined();
});

/** Two keys of an RSA issuer with a public exponent, and its public key. */
async function rsaKeys(alg: string, publicExponent: number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent });
  const issue = async (permission: string): Promise<Key> => ({
    value: await new SignJWT({ permission }).setProtectedHeader({ alg, kid: 'one' }).sign(privateKey),
    variable: 'MUFI_WRITE_KEY',
    description: 'write key',
  });
  const keys = [await issue('write'), await issue('read')] as const;
  return { keys, jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'one' } };
}

for (const [alg, exponent] of [
  ['RS256', 257],
  ['RS384', 17],
  ['RS512', 3],
] as const) {
  test(`two keys signed with ${alg} and the exponent ${exponent} give their public key away`, async () => {
    const { keys, jwk } = await rsaKeys(alg, exponent);
    expect(recoverRsaKey(keys, [3, 17, 257])).toEqual(jwk);
    const inRun = recoverPublicKeys(keys);
    expect(inRun === undefined ? undefined : JSON.parse(inRun)).toEqual(
      exponent === 257 ? undefined : { keys: [jwk] },
    );
  });
}

test('RSA keys of two signers, or with a random signature, give nothing away', async () => {
  const [one, other, random] = await Promise.all(
    (['RS256', 'RS256', 'PS256'] as const).map((alg) => rsaKeys(alg, 3)),
  );
  expect(recoverRsaKey([one!.keys[0], other!.keys[1]], [3, 17])).toBeUndefined();
  expect(recoverRsaKey(random!.keys, [3, 17])).toBeUndefined();
});

test('the greatest common divisor is that of Euclid, for numbers of any length', () => {
  const euclid = (a: bigint, b: bigint): bigint => (b === 0n ? a : euclid(b, a % b));
  const number = (bytes: number): bigint => BigInt(`0x00${randomBytes(bytes).toString('hex')}`);
  for (const bytes of [0, 1, 8, 60, 101, 160, 400, 1000]) {
    for (let time = 0; time < 20; time += 1) {
      const common = number(Math.ceil(bytes / 3));
      const [a, b] = [common * number(bytes), common * number(time % 2 === 0 ? bytes : bytes >> 1)];
      expect(greatestCommonDivisor(a, b)).toBe(euclid(a, b));
    }
  }
  expect(greatestCommonDivisor(0n, 7n)).toBe(7n);
  expect(greatestCommonDivisor(7n, 7n)).toBe(7n);
});

const secretive = { depth: 'quick', families: ['token'] } as const;

/** Runs with two keys against a server that does not publish its public key. */
async function withoutJwks(
  algorithm: 'ES256' | 'EdDSA' | 'RS256',
  faults: readonly string[],
  supplied?: (published: string) => string,
) {
  const server = await startReference({ algorithm, faults });
  const { write, read } = server.keys;
  const keys = { MUFI_WRITE_KEY: write, MUFI_READ_KEY: read };
  const front: Front = ({ url }) => (url?.includes('jwks') ? { status: 404 } : undefined);
  try {
    const published = await (await fetch(`${server.url}/.well-known/jwks.json`)).text();
    const more = supplied === undefined ? {} : { MUFI_JWKS_URL: supplied(published) };
    return await behind(server.url, front, (url) =>
      runEngine({ MUFI_BASE_URL: url, ...keys, ...more }, secretive),
    );
  } finally {
    await server.close();
  }
}

const requirement = 'token/public-key-is-no-secret';

test('a public key that nobody published is misused all the same', async () => {
  const report = await withoutJwks('ES256', ['public-pem-as-hmac-secret']);
  expect(requirementsThat(report, 'fail')).toEqual([requirement]);
  expect(requirementsThat(report, 'not-applicable')).toContain('token/jwks-has-no-secret');
});

const dataUrl = (text: string): string =>
  `data:application/json;base64,${Buffer.from(text).toString('base64')}`;

test('a public key that was computed before the run is misused as well', async () => {
  const report = await withoutJwks('RS256', ['public-pem-as-hmac-secret'], dataUrl);
  expect(requirementsThat(report, 'fail')).toEqual([requirement]);
  expect(requirementsThat(report, 'not-applicable')).toContain('token/jwks-has-no-secret');
});

test('a data URL without a public key is an error that says what to do', async () => {
  await expect(withoutJwks('RS256', [], () => dataUrl('{"keys":[]}'))).rejects.toThrow(
    'MUFI_JWKS_URL holds no JWKS document with a key; copy the line again that public-key printed.',
  );
});

test('if the public key is unknown, the requirement is tested in part and says what unlocks the rest', async () => {
  const report = await withoutJwks('EdDSA', []);
  const found = report.requirements.find(({ id }) => id === requirement);
  expect([found?.verdict, found?.reason]).toEqual([
    'pass',
    '1 of 37 scenarios tested: this run has no public-key',
  ]);
  expect(report.reason).toMatch(new RegExp(`tested in part: .*${requirement}`));
  expect(report.notTested).toContainEqual(
    expect.objectContaining({ capability: 'public-key', variables: ['MUFI_JWKS_URL'] }),
  );
});
