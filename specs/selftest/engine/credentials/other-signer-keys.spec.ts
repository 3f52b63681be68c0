import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { createDocumentHost } from '../../../../harness/engine/credentials/document-host.ts';
import { forge } from '../../../../harness/engine/credentials/forge.ts';
import { leakedSecrets } from '../../../../harness/engine/credentials/leaked-secrets.ts';
import { readPublicKeys, spellPem } from '../../../../harness/engine/credentials/public-key.ts';
import { strangerFor } from '../../../../harness/engine/credentials/signers.ts';
import { createForger, why } from '../../support/forging.ts';

for (const algorithm of ['RS256', 'PS256', 'ES256', 'EdDSA']) {
  test(`${algorithm}: a stranger has a certificate that its authority signed, and no shared secret has one`, async () => {
    const { chain, jwk } = await strangerFor(algorithm);
    const [leaf, root] = chain!.map((one) => new X509Certificate(one));
    expect([leaf!.verify(root!.publicKey), root!.verify(root!.publicKey), root!.ca, leaf!.ca]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    const own = createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
    expect(leaf!.publicKey.equals(own)).toBe(true);
    expect((await strangerFor('HS256')).chain).toBeUndefined();
  });
}

test('a stranger with another algorithm signs under its own name, but not if that would be the same', async () => {
  const forger = await createForger('EdDSA');
  const forged = (stranger: 'ES256' | 'EdDSA'): Promise<string> =>
    forger.made({
      header: { set: { alg: '$stranger-alg', jwk: '$stranger-jwk' } },
      sign: 'stranger',
      stranger,
    });
  const [header = '', payload = '', signature = ''] = (await forged('ES256')).split('.');
  const { alg, jwk } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const bytes = Buffer.from(signature, 'base64url');
  const input = Buffer.from(`${header}.${payload}`);
  expect([alg, verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, bytes)]).toEqual(['ES256', true]);
  expect(await why(() => forged('EdDSA'))).toBe(
    'NotForgeable: the keys are signed with EdDSA; another scenario covers it',
  );
  const pointing = { header: { set: { jku: '$stranger-jwks-url' } }, sign: 'stranger' } as const;
  expect(await why(() => forger.made(pointing))).toBe(
    'NotForgeable: only a run serves it, and only to a target on loopback',
  );
});

test('a stranger publishes its key as the issuer that the claims name, under the id of the original and its own', async () => {
  const forger = await createForger('EdDSA');
  const documentHost = createDocumentHost('http://127.0.0.1:9');
  const text = await forge(
    forger.key,
    { payload: { set: { iss: '$stranger-issuer' } }, sign: 'stranger' },
    {
      keyOf: () => forger.key,
      documentHost,
    },
  );
  const [header = '', payload = '', signature = ''] = text.split('.');
  const { iss } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const { keys } = await (await fetch(`${iss}/.well-known/jwks.json`)).json();
  expect(keys.map((one: { kid: string }) => one.kid)).toEqual([kid, 'conformance-stranger']);
  const key = createPublicKey({ key: keys[0], format: 'jwk' });
  const signed = Buffer.from(`${header}.${payload}`);
  expect(verify(null, signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  await documentHost.close();
});

test('documents are served on loopback until the end, and nothing listens before the first', async () => {
  const hosting = createDocumentHost('http://127.0.0.1:9/below');
  const url = await hosting.url('{"keys":[]}', 'json');
  const answer = await fetch(url);
  expect([await answer.text(), answer.headers.get('content-type')]).toEqual([
    '{"keys":[]}',
    'application/json',
  ]);
  expect((await fetch(new URL('/another', url))).status).toBe(404);
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  expect(await hosting.url('{"keys":[]}', 'json')).toBe(url);
  expect(url).toMatch(/\/[0-9a-f]{16}\/\.well-known\/jwks\.json$/);
  const issuer = await hosting.issuer('{"keys":[]}');
  expect(`${issuer}/.well-known/jwks.json`).toBe(url);
  const configuration = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect(await configuration.json()).toEqual({ issuer, jwks_uri: url });
  const behind = await hosting.urlBehindTarget('{"keys":[]}', 'json');
  expect([new URL(behind).host, behind.startsWith('http://127.0.0.1:9@')]).toEqual([new URL(url).host, true]);
  const file = new URL(await hosting.file('text', 'pem'));
  expect(readFileSync(file, 'utf8')).toBe('text');
  await hosting.close();
  expect(existsSync(file)).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
  await createDocumentHost('http://127.0.0.1:9').close();
});

test('a PEM text is the same key in other bytes, and never the usual spelling', async () => {
  const { publicJwk } = (await createForger('RS256')).issuer;
  const keys = readPublicKeys(JSON.stringify({ keys: [publicJwk] }));
  const spelled = (spelling: Parameters<typeof spellPem>[2]): string =>
    spellPem(keys, undefined, spelling).toString();
  const usual = createPublicKey({ key: publicJwk as Record<string, string>, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  expect(spelled({ pem: 'spki', before: '\n' })).toBe(`\n${usual}`);
  expect(spelled({ pem: 'spki', newline: '\r\n', after: '' })).toBe(
    String(usual).trim().replaceAll('\n', '\r\n'),
  );
  expect(spelled({ pem: 'spki', width: 0 }).split('\n')).toHaveLength(4);
  expect(spelled({ pem: 'spki', bare: true })).not.toContain('-');
  expect(spelled({ pem: 'pkcs1', before: ' ' })).toMatch(/^ -----BEGIN RSA PUBLIC KEY/);
  expect(await why(() => spelled({ pem: 'spki' }))).toBe(
    'NotForgeable: the public key is in one line already',
  );
});

test('the list of leaked secrets has about a hundred, each once', () => {
  expect(leakedSecrets.length).toBeGreaterThanOrEqual(100);
  expect(new Set(leakedSecrets).size).toBe(leakedSecrets.length);
});
