import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { SignJWT } from 'jose';
import { cli, linesOf } from '../support/cli.ts';
import { base } from '../support/environments.ts';

test.describe.configure({ timeout: 120_000 });

/** The environment of two keys of one issuer, and its public key. */
async function issued(alg: 'RS256' | 'ES256' | 'EdDSA') {
  const { privateKey, publicKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 257 })
      : alg === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519');
  const key = (permission: string): Promise<string> =>
    new SignJWT({ permission }).setProtectedHeader({ alg }).sign(privateKey);
  const environment = { ...base, MUFI_WRITE_KEY: await key('write'), MUFI_READ_KEY: await key('read') };
  return { environment, jwk: publicKey.export({ format: 'jwk' }) };
}

for (const alg of ['RS256', 'ES256'] as const) {
  test(`public-key computes the public key of two keys with ${alg}, and prints the line for .env`, async () => {
    const { environment, jwk } = await issued(alg);
    const { exitCode, stdout, stderr } = await cli(['public-key'], { environment });
    expect([exitCode, linesOf(stdout).length]).toEqual([0, 1]);
    const [, base64 = ''] = /^MUFI_JWKS_URL='data:application\/json;base64,([^']+)'$/m.exec(stdout) ?? [];
    expect(JSON.parse(Buffer.from(base64, 'base64').toString())).toEqual({ keys: [jwk] });
    if (alg === 'ES256') expect(stderr).toBe('');
    else expect(linesOf(stderr).at(-1)).toMatch(/^computing the public key from two signatures: \d+ %$/);
  });
}

test('public-key says if two keys do not show it, and which variables it reads', async () => {
  const { environment } = await issued('EdDSA');
  const { exitCode, stdout, stderr } = await cli(['public-key'], { environment });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(linesOf(stderr)).toEqual([
    'Two keys with EdDSA do not show their public key: that works for ES256, ES384, ES512, RS256, RS384 and RS512, if both are from one issuer.',
  ]);
  const { MUFI_READ_KEY: _, ...half } = environment;
  const without = await cli(['public-key'], { environment: half });
  expect([without.exitCode, without.stdout]).toEqual([3, '']);
  expect(without.stderr).toMatch(/^MUFI_READ_KEY is not set; /);
});
