import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { readSigningKey } from '../../../harness/attestation/signing-key.ts';
import { refuseSecrets } from '../../../harness/cli/certify-inputs.ts';
import { packEvidence } from '../../../harness/engine/evidence/evidence.ts';
import { evidenceFile } from '../../../harness/model/index.ts';
import { renderingsOf } from '../../../harness/report/write.ts';
import { type Certifier, makeCertifier } from '../support/certificates.ts';
import { cli } from '../support/cli.ts';
import { fakeKey, leaked } from '../support/keys.ts';
import { only, type RecordedRun, recordRun } from '../support/recorded.ts';
import { refusal } from '../support/refusal.ts';

/** A conformant run of one requirement. Verifying it fails, because its catalogue is incomplete. */
let conformant: RecordedRun;
let certifier: Certifier;

test.beforeAll('a small run is recorded', async () => {
  conformant = await recordRun({}, only('token/signature-present'));
  certifier = await makeCertifier('k');
});

/** Replaces the test runner: leaves the recorded run behind, under the expected id. */
const standIn = `import { readFileSync, writeFileSync } from 'node:fs';
const { CONFORMANCE_RUN_ID: id } = process.env;
if (id !== undefined) {
  const report = JSON.parse(readFileSync('recorded.json', 'utf8'));
  writeFileSync('out/report.json', JSON.stringify({ ...report, runId: id }));
  writeFileSync('out/${evidenceFile}', readFileSync('recorded.gz'));
  process.exit(0);
}`;

/** Certifies the recorded run as this implementation; `told` is what key control says about itself in its report. */
async function certifying(implementation: object, told: object = {}) {
  const home = test.info().outputPath('home');
  await mkdir(join(home, 'out'), { recursive: true });
  const { report, evidence } = conformant;
  const named = { name: 'Example Server', version: '1.2.3', ...told };
  const written = { ...report, target: { ...report.target, implementation: named } };
  const [[, json = ''] = []] = renderingsOf(written);
  await writeFile(join(home, 'recorded.json'), json);
  await writeFile(join(home, 'recorded.gz'), packEvidence(evidence));
  await writeFile(join(home, 'stand-in.mjs'), standIn);
  const file = { name: 'Example Server', version: '1.2.3', contact: 'a@example.com', ...implementation };
  await writeFile(join(home, 'i.json'), JSON.stringify(file));
  const environment = {
    NODE_OPTIONS: `--import ${pathToFileURL(join(home, 'stand-in.mjs'))}`,
    MUFI_BASE_URL: report.target.baseUrl,
    MUFI_WRITE_KEY: fakeKey(),
    MUFI_READ_KEY: fakeKey(),
    MUFI_CERTIFICATE_KEY: JSON.stringify(certifier.privateJwk),
  };
  const ended = await cli(['certify', '--implementation', 'i.json', '--out', 'out'], {
    environment,
    cwd: home,
  });
  expect(leaked(ended.stdout + ended.stderr, certifier.privateJwk.d!)).toEqual([]);
  expect((await readdir(join(home, 'out'))).sort()).toEqual([evidenceFile, 'report.json']);
  return [ended.exitCode, ended.stdout, ended.stderr];
}

test('a certificate that does not verify is taken back before anything is said of it', async () => {
  expect(await certifying({})).toEqual([
    3,
    '',
    'No certificate: report.json has another catalogue than the certificate. This is a fault of the suite; report it.\n',
  ]);
});

test('a server that key control calls otherwise during the run than the file has no certificate', async () => {
  expect(await certifying({}, { name: 'Acme Wallet', version: '0.9.0' })).toEqual([
    3,
    '',
    'No certificate: key control reports Acme Wallet 0.9.0, but i.json says Example Server 1.2.3; correct the one that is wrong.\n',
  ]);
});

const secret =
  'The file of --implementation, or what the target reports about itself, contains a part of MUFI_CERTIFICATE_KEY; remove it and create a new key.';

test('no part of the private key is signed, whether the file or the target tells it', async () => {
  const url = `https://example.com/${certifier.privateJwk.d!.slice(0, 20)}`;
  expect(await certifying({ url })).toEqual([3, '', `${secret}\n`]);
  expect(await certifying({}, { url })).toEqual([3, '', `${secret}\n`]);
});

for (const algorithm of ['EdDSA', 'ES256', 'RS256']) {
  test(`every private member of a key for ${algorithm} is a secret, and what is published is none`, async () => {
    const { privateJwk, publicJwk } = await makeCertifier('certificates@vendor.example', algorithm);
    const key = await readSigningKey(JSON.stringify(privateJwk));
    const refusing = (text: string): string => refusal(() => refuseSecrets(JSON.stringify({ text }), key));
    for (const [name, value] of Object.entries(privateJwk)) {
      const open = name in publicJwk;
      expect(refusing(`see ${value}`), name).toBe(open ? 'not refused' : secret);
      if (!open) expect(refusing(String(value).slice(3, 20)), name).toBe(secret);
    }
    expect(refusing(JSON.stringify(privateJwk))).toBe(secret);
    expect(refusing('conformance@vendor.example')).toBe('not refused');
  });
}
