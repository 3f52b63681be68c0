import { expect, test } from '@playwright/test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { recoverPublicKeys } from '../../../../harness/engine/credentials/recover-public-key.ts';
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

const secretive = { depth: 'quick', families: ['token'] } as const;

/** Runs with two keys against a server that does not publish its public key. */
async function withoutJwks(algorithm: 'ES256' | 'EdDSA', faults: readonly string[]) {
  const server = await startReference({ algorithm, faults });
  const { write, read } = server.keys;
  const keys = { MUFI_WRITE_KEY: write, MUFI_READ_KEY: read };
  const front: Front = ({ url }) => (url?.includes('jwks') ? { status: 404 } : undefined);
  try {
    return await behind(server.url, front, (url) => runEngine({ MUFI_BASE_URL: url, ...keys }, secretive));
  } finally {
    await server.close();
  }
}

const requirement = 'token/public-key-is-no-secret';

test('a public key that nobody published is misused all the same', async () => {
  const report = await withoutJwks('ES256', ['public-pem-as-hmac-secret']);
  expect(requirementsThat(report, 'fail')).toEqual([requirement]);
});

test('if the public key is unknown, the requirement is tested in part and says what unlocks the rest', async () => {
  const report = await withoutJwks('EdDSA', []);
  const found = report.requirements.find(({ id }) => id === requirement);
  expect([found?.verdict, found?.reason]).toEqual([
    'pass',
    '1 of 36 scenarios tested: this run has no public-key',
  ]);
  expect(report.reason).toMatch(new RegExp(`tested in part: .*${requirement}`));
  expect(report.notTested).toContainEqual(
    expect.objectContaining({ capability: 'public-key', variables: ['MUFI_JWKS_URL'] }),
  );
});
