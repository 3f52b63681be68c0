import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Unusable } from '../../../harness/attestation/errors.ts';
import { readImplementation } from '../../../harness/attestation/implementation.ts';
import { publicHalf, readSigningKey } from '../../../harness/attestation/signing-key.ts';
import { readTrustedKeys } from '../../../harness/attestation/trusted-keys.ts';
import { refuseOtherName } from '../../../harness/cli/certify-inputs.ts';
import { makeCertifier } from '../support/certificates.ts';
import { cli } from '../support/cli.ts';
import { fakeKey } from '../support/keys.ts';
import { refusal } from '../support/refusal.ts';
import { json, startServer } from '../support/server.ts';

const sentence = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'no error';
  } catch (error) {
    expect(error).toBeInstanceOf(Unusable);
    return (error as Error).message;
  }
};

for (const algorithm of ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256']) {
  test(`a key for ${algorithm} without "alg" signs with it, and its public half is trusted`, async () => {
    const { privateJwk } = await makeCertifier('k', algorithm);
    const key = await readSigningKey(JSON.stringify(privateJwk));
    expect(key.algorithm).toBe(algorithm);
    const keys = [publicHalf(key)];
    expect(readTrustedKeys(JSON.stringify({ keys }), 'jwks.json')).toEqual(keys);
    expect(JSON.stringify(keys)).not.toContain(privateJwk.d);
  });
}

test('what cannot sign is refused in a sentence that does not hold the key', async () => {
  const { privateJwk, publicJwk } = await makeCertifier('k');
  const { kid: _kid, ...nameless } = privateJwk;
  const [other] = await Promise.all([makeCertifier('k')]);
  const unfit: [unknown, string][] = [
    [undefined, 'is not set'],
    ['', 'is not set'],
    ['no json', 'is not JSON'],
    ['"text"', 'is not a JWK'],
    [publicJwk, 'its member "d" is missing'],
    [nameless, 'has no usable "kid"'],
    [{ kty: 'oct', k: privateJwk.d, d: 'd', kid: 'k' }, 'a shared secret'],
    [{ ...privateJwk, alg: 'HS256' }, 'another algorithm'],
    [{ ...privateJwk, alg: 'ES256' }, 'cannot sign with ES256'],
    [{ ...privateJwk, use: 'enc' }, 'does not allow signing'],
    [{ ...privateJwk, crv: 'X25519' }, 'another algorithm'],
    [{ ...privateJwk, x: other.publicJwk.x }, 'cannot sign with EdDSA'],
  ];
  for (const [key, part] of unfit) {
    const said = await sentence(() =>
      readSigningKey(typeof key === 'object' ? JSON.stringify(key) : (key as string)),
    );
    expect(said).toContain(part);
    expect(said).not.toContain(privateJwk.d);
  }
});

test('the keys that are trusted are public ones with a name', async () => {
  const { privateJwk, publicJwk } = await makeCertifier('k');
  const { kid: _kid, ...nameless } = publicJwk;
  const said = (keys: unknown): Promise<string> =>
    sentence(() => readTrustedKeys(typeof keys === 'string' ? keys : JSON.stringify({ keys }), 'jwks.json'));
  expect(await said('no json')).toContain('is not JSON');
  expect(await said([])).toContain('not a JWKS document');
  expect(await said([privateJwk])).toContain('the private half of the key "k"');
  expect(await said([{ kty: 'oct', k: 'AAAA', kid: 'k' }])).toContain('a shared secret');
  expect(await said([nameless])).toContain('it needs a "kid"');
  expect(await said([{ ...publicJwk, alg: 'HS256' }])).toContain('an algorithm for key pairs');
  const [other, sameName] = await Promise.all([makeCertifier('o'), makeCertifier('k')]);
  expect(await said([publicJwk, other.publicJwk, sameName.publicJwk])).toContain('two keys named "k"');
});

test('an implementation has a name, a version and a contact, and is embedded only if that is true', async () => {
  const good = 'name: A server\nversion: "1"\ncontact: a@example.com\nurl: https://example.com\n';
  expect(readImplementation(good, 'i.yaml', false)).toEqual({
    name: 'A server',
    version: '1',
    contact: 'a@example.com',
    url: 'https://example.com',
  });
  const said = (text: string, embedded = false): Promise<string> =>
    sentence(() => readImplementation(text, 'i.yaml', embedded));
  expect(await said('a: [')).toContain('neither YAML nor JSON');
  expect(await said('name: x')).toContain('version: ');
  expect(await said(good.replace('"1"', '1'))).toContain('version: ');
  expect(await said(good.replace('a@example.com', 'somebody'))).toContain(
    'contact: must be an e-mail address',
  );
  expect(await said(`${good}mail: x`)).toContain('mail');
  expect(await said(good, true)).toContain('write "embedded: true"');
  expect(await said(`${good}embedded: true`)).toContain('remove that line');
  expect(readImplementation(`${good}embedded: true`, 'i.yaml', true).embedded).toBe(true);
});

test('certify refuses a missing key and an unreadable file before anything runs', async () => {
  const { privateJwk } = await makeCertifier('k');
  const environment = { MUFI_CERTIFICATE_KEY: JSON.stringify(privateJwk) };
  const unnamed = await cli(['certify', '--implementation', 'none.yaml']);
  expect([unnamed.exitCode, unnamed.stdout]).toEqual([3, '']);
  expect(unnamed.stderr).toContain('MUFI_CERTIFICATE_KEY is not set');
  const unread = await cli(['certify', '--implementation', 'none.yaml'], { environment });
  expect([unread.exitCode, unread.stdout]).toEqual([3, '']);
  expect(unread.stderr).toBe('The file none.yaml of --implementation cannot be read.\n');
});

test('a certificate has the name and version that key control reports, and any name if it reports none', () => {
  const file = { name: 'Example Server', version: '1.2.3', contact: 'a@example.com' };
  const refusing = (told: { name: string; version: string } | undefined, embedded?: boolean) => {
    const implementation = embedded === undefined ? file : { ...file, embedded };
    return refusal(() => refuseOtherName(implementation, told, 'i.yaml'));
  };
  for (const [name, version] of [
    ['Acme Wallet', '0.9.0'],
    ['Example Server', '1.2.4'],
    ['example server', '1.2.3'],
  ] as const) {
    expect(refusing({ name, version })).toBe(
      `No certificate: key control reports ${name} ${version}, but i.yaml says Example Server 1.2.3; correct the one that is wrong.`,
    );
    expect(refusing({ name, version }, true)).toBe('not refused');
  }
  expect(refusing({ name: 'Example Server ', version: '1.2.3' })).toBe('not refused');
  expect(refusing(undefined)).toBe('not refused');
});

test('certify refuses a production host, and a certificate without core', async () => {
  const { privateJwk } = await makeCertifier('k');
  const keys = { MUFI_WRITE_KEY: fakeKey(), MUFI_READ_KEY: fakeKey() };
  const environment = {
    ...keys,
    MUFI_BASE_URL: 'https://api.mufi.app',
    MUFI_CERTIFICATE_KEY: JSON.stringify(privateJwk),
  };
  const production = await cli(['certify', '--implementation', 'x'], { environment });
  expect([production.exitCode, production.stdout]).toEqual([3, '']);
  expect(production.stderr).toContain(
    'api.mufi.app is a production host, and the suite never writes to production',
  );
  const coreless = await cli(['certify', '--implementation', 'x', '--profile', 'lifecycle']);
  expect([coreless.exitCode, coreless.stdout]).toEqual([3, '']);
  expect(coreless.stderr).toBe('Every certificate includes the profile core; add it to --profile.\n');
});

test('without a conformant verdict there is a report and no certificate, and nobody else sees the key', {
  tag: '@thorough',
}, async () => {
  const { privateJwk } = await makeCertifier('k');
  const home = test.info().outputPath('home');
  await mkdir(join(home, 'out'), { recursive: true });
  await writeFile(join(home, 'out', 'certificate.jws'), 'of an earlier run');
  await writeFile(join(home, 'i.json'), '{"name":"x","version":"1","contact":"a@example.com"}');
  const seen = join(home, 'seen.txt');
  const script = `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env)); process.exit(1)`;
  await writeFile(join(home, 'control.cjs'), script);
  const closed = await startServer((_seen, response) => json(response, 401, {}));
  const keys = { MUFI_WRITE_KEY: fakeKey(), MUFI_READ_KEY: fakeKey() };
  try {
    const environment = {
      ...keys,
      MUFI_BASE_URL: closed.url,
      MUFI_CONTROL_COMMAND: `"${process.execPath}" control.cjs`,
      MUFI_CERTIFICATE_KEY: JSON.stringify(privateJwk),
    };
    const ended = await cli(['certify', '--implementation', 'i.json', '--out', 'out'], {
      environment,
      cwd: home,
    });
    expect([ended.exitCode, ended.stderr]).toEqual([
      2,
      'No certificate: the run ended with exit code 2; out holds its report.\n',
    ]);
  } finally {
    await closed.close();
  }
  expect(await readdir(join(home, 'out'))).toEqual(expect.arrayContaining(['report.html', 'report.json']));
  expect(await readdir(join(home, 'out'))).not.toContain('certificate.jws');
  const environment = await readFile(seen, 'utf8');
  expect(environment).toContain(`"MUFI_BASE_URL":"${closed.url}"`);
  for (const secret of [keys.MUFI_WRITE_KEY, keys.MUFI_READ_KEY, String(privateJwk.d)]) {
    expect(environment).not.toContain(secret);
  }
});

test('certify has no option that makes a run smaller', async () => {
  const { exitCode, stdout } = await cli(['certify', '--help']);
  expect(exitCode).toBe(0);
  expect([...stdout.matchAll(/^ +(-[^<\n]*?) (?:<| )/gm)].map(([, option]) => option!.trim())).toEqual([
    '--implementation',
    '--base-url',
    '--profile',
    '--strict',
    // The left-out operation exists, but the run skips it and the certificate names it.
    '--without',
    '--out',
    '-h, --help',
  ]);
});
