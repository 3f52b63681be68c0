import { expect, test } from '@playwright/test';
import { readPublicKeys, withoutSecretMembers } from '../../../../harness/engine/credentials/public-key.ts';
import { runReference } from '../../support/engine.ts';

const key = { kty: 'OKP', crv: 'Ed25519', x: 'public', kid: 'one' };

test('only the public members of published keys are used, and secret ones are named without duplicates', () => {
  const text = JSON.stringify({
    keys: [
      { ...key, d: 'private' },
      { ...key, d: 'other' },
      { kty: 'oct', k: 'shared' },
    ],
  });
  expect(readPublicKeys(text)).toEqual({
    text,
    keys: [key, key, { kty: 'oct' }],
    secretMembers: ['d', 'k'],
  });
  const clean = withoutSecretMembers(text);
  expect(clean).not.toMatch(/private|other|shared/);
  expect(readPublicKeys(clean).secretMembers).toEqual(['d', 'k']);
});

test('a document without secrets stays as it was served', () => {
  const text = `{ "keys": [ ${JSON.stringify(key)} ] }\n`;
  expect(withoutSecretMembers(text)).toBe(text);
  expect(readPublicKeys(text).secretMembers).toEqual([]);
});

test('a published private part is reported by its name, and its value is in no report', async () => {
  const report = await runReference(
    { faults: ['private-part-published'] },
    { depth: 'quick', scenarios: /^token\/jwks-has-no-secret\// },
  );
  expect(report.requirements[0]?.verdict).toBe('fail');
  const text = JSON.stringify(report);
  expect(text).toContain('a key in the JWKS document has the secret member d');
  expect(text).not.toContain(Buffer.alloc(32, 'private').toString('base64url'));
});
