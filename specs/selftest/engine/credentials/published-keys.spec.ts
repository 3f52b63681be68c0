import { expect, test } from '@playwright/test';
import { readPublicKeys, withoutSecrets } from '../../../../harness/engine/credentials/public-key.ts';
import { runReference } from '../../../../harness/proof/kill-matrix/engine.ts';
import { catalogue } from '../../../requirements/index.ts';

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
  const clean = withoutSecrets(text);
  expect(clean).not.toMatch(/private|other|shared/);
  expect(readPublicKeys(clean).secretMembers).toEqual(['d', 'k']);
});

test('a document without secrets stays as it was served', () => {
  const text = `{ "keys": [ ${JSON.stringify(key)} ] }\n`;
  expect(withoutSecrets(text)).toBe(text);
  expect(readPublicKeys(text).secretMembers).toEqual([]);
});

test('a published private part is reported by its name, and its value is in no report', async () => {
  const family = catalogue.filter(({ id }) => id === 'token');
  const requirements = family[0]!.requirements.filter(({ id }) => id === 'token/jwks-has-no-secret');
  const report = await runReference(
    { faults: ['private-part-published'] },
    { catalogue: [{ ...family[0]!, requirements }], depth: 'quick' },
  );
  expect(report.requirements[0]?.verdict).toBe('fail');
  const text = JSON.stringify(report);
  expect(text).toContain('a key in the JWKS document has the secret member d');
  expect(text).not.toContain(Buffer.alloc(32, 'private').toString('base64url'));
});
